using System.CommandLine;

namespace BitNet.Perf.Cli;

/// <summary>A command with the examples that its <c>--help</c> ends with, and an action that speaks in exit codes.</summary>
public sealed class PerfCommand : Command
{
    /// <param name="name">As typed.</param>
    /// <param name="description">What it does, in a line.</param>
    /// <param name="examples">Whole command lines that can be copied; at least one.</param>
    public PerfCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Sets what the command does. Exceptions are mapped by <see cref="FailureMapping"/>; throw rather than print and return.</summary>
    public PerfCommand Does(Func<CommandContext, Task<ExitCode>> action)
    {
        SetAction(async (parse, cancellation) =>
            (int)await action(new CommandContext(parse, Terminal.Of(parse.InvocationConfiguration), cancellation)));
        return this;
    }

    public PerfCommand Does(Func<CommandContext, ExitCode> action) => Does(context => Task.FromResult(action(context)));
}
