using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Lexical forms of names and digests.</summary>
internal static partial class Forms
{
    public static bool IsSha256(string text) => Hex64().IsMatch(text);

    public static bool IsDigest(string text) => text.StartsWith(ReceiptDigest.Prefix, StringComparison.Ordinal) && IsSha256(text[ReceiptDigest.Prefix.Length..]);

    /// <summary>SHA-1 or SHA-256 object name of git, in full.</summary>
    public static bool IsCommit(string text) => Commit().IsMatch(text);

    /// <summary>Name and version, e.g. "gemv/1".</summary>
    public static bool IsDefinition(string text) => Definition().IsMatch(text);

    public static bool IsKebab(string text) => Kebab().IsMatch(text);

    /// <summary>Not empty, no control character, no white space at the ends.</summary>
    public static bool IsText(string text) => text.Length > 0 && !text.Any(char.IsControl) && text.Trim() == text;

    /// <summary>Of the read probe, e.g. "4 streams, 1024 bytes ahead".</summary>
    public static bool IsReadPattern(string text) => ReadPattern().IsMatch(text);

    /// <summary>Names joined by '/', none of which leads up.</summary>
    public static bool IsRelativePath(string text) =>
        IsText(text) && !text.Contains('\\') && !text.Contains(':') && text.Split('/').All(part => part.Length > 0 && part is not ("." or ".."));

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Hex64();

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*/[1-9][0-9]*\z")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"\A[1-9][0-9]* streams?, (0|[1-9][0-9]*) bytes ahead\z")]
    private static partial Regex ReadPattern();
}
