using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

public class PreTokenizerTests
{
    // The difference detector of spec 7.5.
    [Fact]
    public void One_plus_one_is_cut_differently_by_the_two()
    {
        Assert.Equal(["1", " ", "+", " ", "1", " ", "="], Split(PreTokenizer.Default, "1 + 1 ="));
        Assert.Equal(["1", " +", " ", "1", " ="], Split(PreTokenizer.LlamaBpe, "1 + 1 ="));
    }

    [Theory]
    [InlineData("12345678", "123|456|78")]
    [InlineData("v12 34567", "v|12| |345|67")]
    [InlineData("x .", "x| |.")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a \n b", "a| \n| b")]
    [InlineData("it's", "it|'|s")]
    [InlineData("end  ", "end|  ")]
    [InlineData("  ", "  ")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("²³ x", "²³| x")]
    [InlineData("`a` €5", "`|a|`| €|5")]
    [InlineData("=>|~^$+<", "=>|~^$+<", true)]
    [InlineData("", "")]
    public void Default_splits(string text, string expected, bool whole = false) =>
        Assert.Equal(whole ? [expected] : Parts(expected), Split(PreTokenizer.Default, text));

    [Theory]
    [InlineData("12345678", "123|456|78")]
    [InlineData("it's WE'LL", "it|'s| WE|'LL")]
    [InlineData("'quoted", "'quoted")]
    [InlineData("(word) x", "(word|)| x")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a !!\n\nb", "a| !!\n\n|b")]
    [InlineData("a \n  b", "a| \n| | b")]
    [InlineData("end  ", "end|  ")]
    [InlineData("x .", "x| .")]
    [InlineData(" 12", " |12")]
    [InlineData("\tif", "\tif")]
    [InlineData("\r\nif", "\r\n|if")]
    [InlineData("", "")]
    public void Llama_splits(string text, string expected) => Assert.Equal(Parts(expected), Split(PreTokenizer.LlamaBpe, text));

    // .NET's own expressions would see two surrogates here and no letter.
    [Fact]
    public void Letters_and_numbers_beyond_the_basic_plane_are_letters_and_numbers()
    {
        foreach (PreTokenizer preTokenizer in Enum.GetValues<PreTokenizer>())
        {
            Assert.Equal(["a𠀀b", " 𝐀𝐁"], Split(preTokenizer, "a𠀀b 𝐀𝐁"));
            Assert.Equal(["x", "𝟘𝟙𝟚", "y"], Split(preTokenizer, "x𝟘𝟙𝟚y"));
            Assert.Equal(["x", " 😀😀"], Split(preTokenizer, "x 😀😀"));
        }

        Assert.Equal(["𝟘𝟙𝟚", "𝟛"], Split(PreTokenizer.LlamaBpe, "𝟘𝟙𝟚𝟛"));
    }

    [Fact]
    public void Both_equal_their_expressions_on_text_of_the_basic_plane()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = SampleText.Random(random, random.Next(1, 24), supplementary: false);
            Assert.Equal(RegexOracle.SplitDefault(text), Split(PreTokenizer.Default, text));
            Assert.Equal(RegexOracle.SplitLlama(text), Split(PreTokenizer.LlamaBpe, text));
        }
    }

    // Every character of the basic plane alone and in company, so that no class differs anywhere.
    [Fact]
    public void Both_equal_their_expressions_on_every_character_of_the_basic_plane()
    {
        for (int c = 0; c <= 0xFFFF; c++)
        {
            if (char.IsSurrogate((char)c)) continue;
            string text = $"a {(char)c}b1{(char)c}{(char)c} .";
            Assert.Equal(RegexOracle.SplitDefault(text), Split(PreTokenizer.Default, text));
            Assert.Equal(RegexOracle.SplitLlama(text), Split(PreTokenizer.LlamaBpe, text));
        }
    }

    [Fact]
    public void Chunks_are_never_empty_and_together_are_the_text()
    {
        var random = new Random(2);
        for (int i = 0; i < 5_000; i++)
        {
            string text = SampleText.Random(random, random.Next(0, 24), supplementary: true);
            foreach (PreTokenizer preTokenizer in Enum.GetValues<PreTokenizer>())
            {
                string[] chunks = Split(preTokenizer, text);
                Assert.DoesNotContain("", chunks);
                Assert.Equal(text, string.Concat(chunks));
            }
        }
    }

    [Fact]
    public void Unpaired_surrogates_are_kept_as_symbols()
    {
        foreach (PreTokenizer preTokenizer in Enum.GetValues<PreTokenizer>())
            Assert.Equal(["a", "\uD800", "b"], Split(preTokenizer, "a\uD800b").SelectMany(Isolated));

        static IEnumerable<string> Isolated(string chunk) => chunk == "\uD800b" ? ["\uD800", "b"] : [chunk];
    }

    [Theory]
    [InlineData("default", PreTokenizer.Default)]
    [InlineData("llama-bpe", PreTokenizer.LlamaBpe)]
    [InlineData("llama3", PreTokenizer.LlamaBpe)]
    [InlineData("qwen2", null)]
    public void Names_of_the_file_key_are_known(string name, PreTokenizer? expected) => Assert.Equal(expected, PreTokenizers.Named(name));

    private static string[] Parts(string expected) => expected.Length == 0 ? [] : expected.Split('|');

    private static string[] Split(PreTokenizer preTokenizer, string text) =>
        [.. PreTokenizers.Split(preTokenizer, text).Select(chunk => text.Substring(chunk.Start, chunk.Length))];
}
