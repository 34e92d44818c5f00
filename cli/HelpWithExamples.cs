using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BitNet.Perf.Cli;

/// <summary>The built-in help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction builtIn, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        builtIn.Invoke(parseResult);
        IReadOnlyList<string> examples = parseResult.CommandResult.Command is PerfCommand command ? command.Examples : rootExamples;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (string example in examples)
            output.WriteLine($"  {example}");
        return (int)ExitCode.Done;
    }
}
