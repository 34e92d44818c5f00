using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Absolute paths and home folders in a text. /proc, /sys and /dev are the same on every machine and stay.</summary>
public static partial class MachinePaths
{
    /// <summary>The first such path; null when there is none.</summary>
    public static string? Find(string text) => text.AsSpan().IndexOfAny('/', '\\') < 0 ? null : Path().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>The text with the folders of such paths left out: "/home/ada/models/a.gguf" becomes "…/a.gguf".</summary>
    public static string Redact(string text) => Path().Replace(text, match => "…/" + match.Value.TrimEnd('/', '\\').Split('/', '\\')[^1]);

    // A path begins a word: "kernel/gemv", "GB/s" and "https://host" do not. Home folders are recognised wherever they stand.
    [GeneratedRegex(
        """(?<![^\s"'`=:;,(\[<>|])(?:~[a-z0-9_]*)?/(?!(?:proc|sys|dev)(?:/|\b))[A-Za-z0-9._~-][^\s"'`:;,)\]<>|]*|(?<![A-Za-z])[A-Za-z]:[\\/](?!/)[^\s"'`;,)\]<>|]*|\\\\[A-Za-z0-9._-]+\\[^\s"'`;,)\]<>|]*|/(?:home|Users|root)/[^\s"'`:;,)\]<>|]*""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
