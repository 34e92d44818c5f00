using System.CommandLine;
using System.CommandLine.Parsing;

namespace BitNet.Perf.Cli.Settings;

/// <summary>Where settings come from, in this order: option, environment (BITNET_PERF_…), configuration file, default.</summary>
/// <param name="Parse">The command line.</param>
/// <param name="Variable">Looks an environment variable up.</param>
/// <param name="File">The configuration file; empty when there is none.</param>
public sealed record SettingSources(ParseResult Parse, Func<string, string?> Variable, ConfigurationFile File)
{
    /// <summary>Where paths of settings start.</summary>
    public Surroundings Surroundings { get; init; } = Surroundings.OfProcess;

    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <exception cref="CommandFailure">What was given is no value of the setting: wrong usage, or a bad configuration file.</exception>
    public T Value<T>(Setting<T> setting)
    {
        if (Typed(setting) is { } typed)
            return Read(setting, Texts(setting, typed), setting.OptionName, CommandFailure.Usage);
        if (Variable(setting.Variable) is { Length: > 0 } text)
            return Read(setting, Split(setting, text), setting.Variable, CommandFailure.Usage);
        if (File.Texts(setting) is { } texts)
            return Read(setting, texts, $"{File.Name}: \"{setting.Key}\"", message => CommandFailure.BadInput(message));
        return setting.Fallback;
    }

    /// <summary>Whether the option itself stands on the command line.</summary>
    public bool IsTyped(Setting setting) => Typed(setting) is not null;

    // A command need not take every setting as an option; the other places hold for it all the same.
    private OptionResult? Typed(Setting setting) =>
        Parse.CommandResult.Command.Options.FirstOrDefault(option => option.Name == setting.OptionName) is { } option
        && Parse.GetResult(option) is { Implicit: false } result ? result : null;

    private static IReadOnlyList<string> Texts(Setting setting, OptionResult result)
    {
        if (setting.Arity == SettingArity.Flag)
            return ["true"];
        string[] texts = [.. result.Tokens.Select(token => token.Value)];
        if (setting.Arity == SettingArity.One && texts.Length > 1)
            throw CommandFailure.Usage($"{setting.OptionName} is given {texts.Length} times; expected once");
        return texts;
    }

    // No value of a repeatable setting holds white space; a comma belongs to one of them no more than that.
    private static IReadOnlyList<string> Split(Setting setting, string text) =>
        setting.Arity == SettingArity.Many ? text.Split([',', ' ', '\t'], Trimmed) : [text];

    private static T Read<T>(Setting<T> setting, IReadOnlyList<string> texts, string place, Func<string, CommandFailure> failure)
    {
        try
        {
            return setting.Parse(texts);
        }
        catch (FormatException e)
        {
            throw failure($"{place}: {e.Message}");
        }
    }
}
