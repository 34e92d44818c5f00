using System.CommandLine;
using System.CommandLine.Parsing;

namespace BitNet.Perf.Cli.Settings;

/// <summary>Where settings come from, in this order: option, environment (BITNET_PERF_…), configuration file, default.</summary>
/// <param name="Parse">The command line.</param>
/// <param name="Variable">Looks an environment variable up.</param>
/// <param name="File">The configuration file; empty when there is none.</param>
public sealed record SettingSources(ParseResult Parse, Func<string, string?> Variable, ConfigurationFile File)
{
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <exception cref="CommandFailure">What was given is no value of the setting: wrong usage, or a bad configuration file.</exception>
    public T Value<T>(SettingOption<T> option) => Find(option).Value;

    /// <summary>Whether the user chose a value, anywhere.</summary>
    public bool IsGiven<T>(SettingOption<T> option) => Find(option).Given;

    /// <summary>Whether the option itself stands on the command line.</summary>
    public bool IsTyped<T>(SettingOption<T> option) => Parse.GetResult(option) is { Implicit: false };

    private (T Value, bool Given) Find<T>(SettingOption<T> option)
    {
        Setting<T> setting = option.Setting;
        if (IsTyped(option))
            return (Read(setting, Texts(setting, Parse.GetResult(option)!), option.Name, CommandFailure.Usage), true);
        if (Variable(setting.Variable) is { Length: > 0 } text)
            return (Read(setting, Split(setting, text), setting.Variable, CommandFailure.Usage), true);
        if (File.Texts(setting) is { } texts)
            return (Read(setting, texts, $"{File.Name}: \"{setting.Key}\"", message => CommandFailure.BadInput(message)), true);
        return (setting.Fallback, false);
    }

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
