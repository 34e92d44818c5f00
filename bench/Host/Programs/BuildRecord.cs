using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Host.Programs;

/// <summary>The record that cli/BuildRecord.targets leaves beside the program: command, times and the digests of what was built.</summary>
public static partial class BuildRecord
{
    public const string FileName = "bitnet-perf.build.json";

    /// <param name="ParentCommand">Of the process that started the one which built: base64 of /proc/PID/cmdline, empty where that cannot be had.</param>
    private sealed record Document(string Command, string? ParentCommand, string? Root, string Configuration, string Project, DateTimeOffset BegunUtc, DateTimeOffset EndedUtc, bool WarningsAsErrors, Dictionary<string, string> Assemblies);

    /// <returns>Null where there is no record, it cannot be read, or it is of other assemblies than these.</returns>
    public static BuildCommand? Read(string folder, BinaryDescription? binary)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(File.ReadAllText(Path.Combine(folder, FileName)), JsonSerializerOptions.Web);
            return document?.Command is null || document.Assemblies is null || binary is null || !IsOf(document, binary) ? null : Command(document);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>ReadyToRun code is added to an assembly after the build: its digest is another one, and what was built is not there any more to compare with.</summary>
    private static bool IsOf(Document document, BinaryDescription binary) => binary.Assemblies.All(assembly =>
        document.Assemblies.TryGetValue(assembly.File, out var digest) && (assembly.ReadyToRun || digest.Equals(assembly.Sha256, StringComparison.OrdinalIgnoreCase)));

    private static BuildCommand Command(Document document)
    {
        var text = AsGiven(document.Command)
            ?? (ServesOneBuild().IsMatch(document.Command) && document.ParentCommand is { Length: > 0 } parent ? AsGiven(Typed(parent, document.Root)) : null);
        return new BuildCommand(
            text ?? $"dotnet build -c {document.Configuration} {document.Project}", text is not null, document.BegunUtc, (document.EndedUtc - document.BegunUtc).TotalSeconds, document.WarningsAsErrors);
    }

    /// <summary>Arguments, each ended by a zero, as one line; the root of the checkout left out as it is in <see cref="Document.Command"/>.</summary>
    private static string Typed(string parent, string? root)
    {
        var arguments = Encoding.UTF8.GetString(Convert.FromBase64String(parent)).TrimEnd('\0').Split('\0').Select(argument => argument.Any(char.IsWhiteSpace) ? $"\"{argument}\"" : argument);
        var line = string.Join(' ', arguments);
        return string.IsNullOrEmpty(root) ? line : line.Replace(root, "", StringComparison.Ordinal);
    }

    /// <summary>The command line of the process that built, as a user would type it again; null for a helping process of MSBuild, which has one of its own.</summary>
    internal static string? AsGiven(string commandLine)
    {
        if (Program().Match(commandLine) is not { Success: true } program || HelpingProcess().IsMatch(commandLine))
            return null;
        var name = program.Groups["name"].Value.Equals("MSBuild", StringComparison.OrdinalIgnoreCase) ? "dotnet msbuild" : "dotnet";
        // What follows a bare -- is the built program's, not the build's.
        var arguments = ProgramArguments().Replace(commandLine[program.Length..], "");
        return MachinePaths.Redact($"{name} {arguments.Trim()}".Trim());
    }

    [GeneratedRegex("""\A"?([^"]*[/\\])?(?<name>dotnet|MSBuild)(\.dll|\.exe)?"?(?=\s|\z)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Program();

    [GeneratedRegex(@"\s[-/]nodemode:", RegexOptions.IgnoreCase)]
    private static partial Regex HelpingProcess();

    // One that is kept for the next build may have been started by another.
    [GeneratedRegex(@"\s[-/]nodeReuse:false", RegexOptions.IgnoreCase)]
    private static partial Regex ServesOneBuild();

    [GeneratedRegex(@"\s--(\s.*)?\z", RegexOptions.Singleline)]
    private static partial Regex ProgramArguments();
}
