using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BitNet.Perf.Cli.Tests.Architecture;

/// <summary>Which part of the product may know which (docs/glossary.md has the words, README.md the tree). Each rule is a pure
/// function from text to complaints, so that the rules themselves can be tested.</summary>
internal static partial class ArchitectureRules
{
    /// <summary>Project folder → project folders it may reference.</summary>
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["engine"] = [],
        ["receipts"] = [],
        ["bench"] = ["engine", "receipts"],
        ["reporter"] = ["receipts"],
        ["cli"] = ["engine", "bench", "receipts", "reporter"],
    };

    /// <summary>Project folder → packages it may reference.</summary>
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["engine"] = [],
        ["receipts"] = ["CsvHelper"],
        ["bench"] = ["BenchmarkDotNet"],
        ["reporter"] = ["Perfolizer", "Scriban.Signed", "Markdig"],
        ["cli"] = ["System.CommandLine", "Spectre.Console"],
    };

    /// <summary>Root namespace of each project folder.</summary>
    public static IReadOnlyDictionary<string, string> Roots { get; } = new Dictionary<string, string>
    {
        ["engine"] = "BitNet.Engine",
        ["bench"] = "BitNet.Perf.Bench",
        ["receipts"] = "BitNet.Perf.Receipts",
        ["reporter"] = "BitNet.Perf.Reporter",
        ["cli"] = "BitNet.Perf.Cli",
    };

    /// <summary>Namespace → namespaces of the same project it may name besides itself; what is not listed here may name all.</summary>
    private static readonly Dictionary<string, string[]> Namespaces = new()
    {
        ["BitNet.Engine.Gguf"] = [],
        ["BitNet.Engine.Kernels"] = ["BitNet.Engine.Gguf"],
        ["BitNet.Engine.Tokens"] = ["BitNet.Engine.Gguf"],
        ["BitNet.Engine.Model"] = ["BitNet.Engine.Gguf", "BitNet.Engine.Kernels", "BitNet.Engine.Tokens"],
        ["BitNet.Perf.Receipts.Schema"] = [],
        ["BitNet.Perf.Receipts.Verification"] = ["BitNet.Perf.Receipts.Schema", "BitNet.Perf.Receipts"],
        ["BitNet.Perf.Reporter.Statistics"] = [],
        ["BitNet.Perf.Reporter.Comparison"] = ["BitNet.Perf.Reporter.Statistics"],
        ["BitNet.Perf.Reporter.Rendering"] = ["BitNet.Perf.Reporter.Statistics", "BitNet.Perf.Reporter.Comparison"],
    };

    public static IEnumerable<string> ProjectComplaints(string folder, string projectXml)
    {
        XDocument project = XDocument.Parse(projectXml);
        foreach (string include in project.Descendants("ProjectReference").Select(e => (string)e.Attribute("Include")!))
        {
            string target = include.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries)[^2];
            if (!Projects[folder].Contains(target)) yield return $"{folder} references {target}";
        }
        foreach (string package in project.Descendants("PackageReference").Select(e => (string)e.Attribute("Include")!))
        {
            if (!Packages[folder].Contains(package)) yield return $"{folder} references package {package}";
        }
    }

    /// <param name="path">Path from the repository's root, with forward slashes.</param>
    public static IEnumerable<string> SourceComplaints(string path, string source)
    {
        string[] parts = path.Split('/');
        string root = Roots[parts[0]];
        string expected = parts.Length == 2 || parts[0] == "cli" ? root : $"{root}.{string.Join('.', parts[1..^1])}";
        Match declared = NamespaceDeclaration().Match(source);
        if (declared.Success && declared.Groups[1].Value != expected && !(parts[0] == "cli" && declared.Groups[1].Value.StartsWith(root, StringComparison.Ordinal)))
        {
            yield return $"{path} is in namespace {declared.Groups[1].Value}, its folder says {expected}";
        }
        foreach (string named in OurNamespace().Matches(source).Select(m => m.Value).Distinct().Where(n => n != expected))
        {
            string? project = Roots.Where(r => named == r.Value || named.StartsWith(r.Value + ".", StringComparison.Ordinal)).Select(r => r.Key).FirstOrDefault();
            if (project is null) continue;
            if (project == parts[0])
            {
                bool known = Namespaces.TryGetValue(expected, out string[]? allowed);
                bool isNamespace = Namespaces.ContainsKey(named);
                if (known && isNamespace && !allowed!.Contains(named)) yield return $"{path} names {named}, which {expected} must not know";
            }
            else if (!Projects[parts[0]].Contains(project))
            {
                yield return $"{path} names {named}, which {parts[0]} must not know";
            }
        }
        if (parts[0] == "engine")
        {
            foreach (string clock in Clock().Matches(source).Select(m => m.Value).Distinct()) yield return $"{path} uses {clock}; the engine has no clock";
        }
        if (expected == "BitNet.Perf.Reporter.Statistics")
        {
            foreach (string use in InputOutput().Matches(source).Select(m => m.Value).Distinct()) yield return $"{path} uses {use}; statistics are pure";
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"\bBitNet\.(?:Engine|Perf\.\w+)(?:\.[A-Z]\w+)?")]
    private static partial Regex OurNamespace();

    [GeneratedRegex(@"\b(?:Stopwatch|DateTime|DateTimeOffset|TickCount64|TickCount|TimeProvider)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(?:System\.IO|File\.|Console\.|Environment\.|Process\.|DateTime\w*\.(?:Utc)?Now)")]
    private static partial Regex InputOutput();
}
