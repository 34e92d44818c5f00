using System.CommandLine;

namespace BitNet.Perf.Cli.Commands;

/// <summary>Options that mean the same in several commands.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on stdout and nothing else." };
}
