using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace BitNet.Perf.Cli;

/// <summary>Version and commit of this assembly, not of whatever process hosts it.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public static string Text =>
        typeof(PrintVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Text);
        return (int)ExitCode.Done;
    }
}
