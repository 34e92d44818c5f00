namespace BitNet.Perf.Cli;

/// <summary>A command cannot go on, and knows the exit code and the one line (what, where, what was expected) to say so.</summary>
public sealed class CommandFailure : Exception
{
    public CommandFailure(ExitCode code, string message, Exception? cause = null)
        : base(message, cause) => Code = code;

    public ExitCode Code { get; }

    public static CommandFailure Usage(string message) => new(ExitCode.Usage, message);

    public static CommandFailure BadInput(string message, Exception? cause = null) => new(ExitCode.BadInput, message, cause);
}
