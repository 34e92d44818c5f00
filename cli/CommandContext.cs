using System.CommandLine;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli;

/// <summary>What a command works with: its parsed options, where it writes, and the token that Ctrl+C cancels.</summary>
public sealed record CommandContext(ParseResult Parse, Terminal Terminal, CancellationToken Cancellation)
{
    private SettingSources? _settings;

    /// <summary>Results.</summary>
    public TextWriter Out => Parse.InvocationConfiguration.Output;

    /// <summary>Progress and messages.</summary>
    public TextWriter Error => Parse.InvocationConfiguration.Error;

    public Surroundings Surroundings => (Parse.InvocationConfiguration as PerfInvocation)?.Surroundings ?? Surroundings.OfProcess;

    /// <summary>Values by option, environment, configuration file of the working folder, default.</summary>
    public SettingSources Settings =>
        _settings ??= new SettingSources(Parse, Surroundings.Variable, ConfigurationFile.InFolder(Surroundings.Folder)) { Surroundings = Surroundings };

    /// <summary>The same with another configuration file.</summary>
    public SettingSources SettingsFrom(string file) =>
        new(Parse, Surroundings.Variable, InputFile.Read(this, file, path => ConfigurationFile.Read(path, file))) { Surroundings = Surroundings };

    public T? Value<T>(Option<T> option) => Parse.GetValue(option);

    public T Value<T>(Argument<T> argument) => Parse.GetRequiredValue(argument);

    public T Value<T>(Setting<T> setting) => Settings.Value(setting);

    /// <summary>Lines of text for people, to stdout.</summary>
    public void WriteLines(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Out.WriteLine(Shown(line));
    }

    /// <summary>A message for people, to stderr.</summary>
    public void Tell(string message) => Error.WriteLine(Shown(message));

    private string Shown(string text) => Terminal.Unicode ? text : AsciiText.Of(text);
}

/// <summary>An invocation in given surroundings.</summary>
internal sealed class PerfInvocation(Surroundings surroundings) : InvocationConfiguration
{
    public Surroundings Surroundings { get; } = surroundings;
}
