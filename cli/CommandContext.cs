using System.CommandLine;

namespace BitNet.Perf.Cli;

/// <summary>What a command works with: its parsed options, where it writes, and the token that Ctrl+C cancels.</summary>
public sealed record CommandContext(ParseResult Parse, Terminal Terminal, CancellationToken Cancellation)
{
    /// <summary>Results.</summary>
    public TextWriter Out => Parse.InvocationConfiguration.Output;

    /// <summary>Progress and messages.</summary>
    public TextWriter Error => Parse.InvocationConfiguration.Error;

    public T? Value<T>(Option<T> option) => Parse.GetValue(option);

    public T Value<T>(Argument<T> argument) => Parse.GetRequiredValue(argument);
}
