using System.Text.RegularExpressions;

namespace BitNet.Engine.Tests.Tokens;

/// <summary>The expressions of spec 7.2 run by .NET; right on text within U+FFFF only.</summary>
internal static class RegexOracle
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    private static readonly Regex[] Default =
    [
        new(@"[\p{P}\$\+<=>\^~\|]+", Options),
        new(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)", Options),
        new(@"\p{N}+", Options),
        new("[0-9][0-9][0-9]", Options),
    ];

    private static readonly Regex Llama = new(
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", Options);

    public static string[] SplitDefault(string text)
    {
        IEnumerable<string> chunks = text.Length == 0 ? [] : [text];
        foreach (Regex expression in Default)
            chunks = [.. chunks.SelectMany(chunk => MatchesAndGaps(expression, chunk))];
        return [.. chunks];
    }

    public static string[] SplitLlama(string text) => [.. MatchesAndGaps(Llama, text)];

    private static IEnumerable<string> MatchesAndGaps(Regex expression, string text)
    {
        int from = 0;
        foreach (Match match in expression.Matches(text))
        {
            if (match.Index > from) yield return text[from..match.Index];
            yield return match.Value;
            from = match.Index + match.Length;
        }

        if (from < text.Length) yield return text[from..];
    }
}
