using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>The codes of findings, read from the sources of the rules.</summary>
internal static partial class RuleCodes
{
    public static IReadOnlySet<string> FromSources([CallerFilePath] string here = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "receipts", "Verification");
        string[] sources = [.. Directory.GetFiles(folder, "*Rules.cs").Select(File.ReadAllText)];
        Assert.NotEmpty(sources);
        return new HashSet<string>([.. sources.SelectMany(source => Code().Matches(source)).Select(match => match.Groups[1].Value), "digest"]);
    }

    [GeneratedRegex("return new\\(\"([a-z0-9-]+)\"")]
    private static partial Regex Code();
}
