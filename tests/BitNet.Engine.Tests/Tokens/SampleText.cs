using System.Text;

namespace BitNet.Engine.Tests.Tokens;

/// <summary>Random strings of the kinds of characters that the pre-tokenizers treat apart, from a seed.</summary>
internal static class SampleText
{
    private static readonly string[] Pieces =
    [
        "a", "B", "ſ", "\u212A", "s", "é", "ß", "字", "語", "ﬁ", "ʰ", "ǅ", "ا", "한", "1", "2", "34", "567", "8901", "²", "Ⅷ", "٣", " ", " ", "  ", "   ", "\t", "\n", "\r", "\r\n",
        "\u00A0", "\u3000", "\u0085", "\u2028", "\u000B", ".", ",", "!", "?", "-", "_", "(", ")", "#", "%", "&", "*", "/", ":", ";", "@", "[", "\\", "]", "{",
        "}", "\"", "'", "'s", "'S", "'re", "'VE", "'ll", "'d", "'m", "'t", "'ſ", "$", "+", "<", "=", ">", "^", "~", "|", "`", "€", "©", "→", "«", "。", "，", "„",
        "\u0301", "\u200D", "\u0000", "\uFFFD", "\uE000",
    ];

    /// <summary>Letters, numbers and symbols beyond U+FFFF.</summary>
    private static readonly string[] Supplementary = ["𠀀", "𝐀", "𝟘", "😀", "𐎀", "\U000E0041", "\U0010FFFD"];

    public static string Random(Random random, int pieces, bool supplementary)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pieces; i++)
        {
            string[] from = supplementary && random.Next(4) == 0 ? Supplementary : Pieces;
            text.Append(from[random.Next(from.Length)]);
        }

        return text.ToString();
    }
}
