using System.CommandLine;
using System.Text;

namespace BitNet.Perf.Cli.Settings;

/// <summary>A choice that can be made by option, by environment variable, or in the configuration file; see <see cref="SettingSources"/>.</summary>
public abstract class Setting
{
    /// <param name="key">As in the configuration file, e.g. "failOn"; option and variable follow from it.</param>
    /// <param name="description">What it chooses, for the help.</param>
    /// <param name="argument">What its value looks like, for the help.</param>
    /// <param name="arity">How many values it takes.</param>
    protected Setting(string key, string description, string argument, SettingArity arity) =>
        (Key, Description, Argument, Arity) = (key, description, argument, arity);

    public string Key { get; }
    public string Description { get; }
    public string Argument { get; }
    public SettingArity Arity { get; }

    /// <summary>failOn → --fail-on.</summary>
    public string OptionName => "--" + Words('-');

    /// <summary>failOn → BITNET_PERF_FAIL_ON.</summary>
    public string Variable => "BITNET_PERF_" + Words('_').ToUpperInvariant();

    /// <summary>The option of a command that takes this setting; its value is read with <see cref="SettingSources.Value"/>, which knows the other places too.</summary>
    public Option ToOption()
    {
        var option = new Option<string[]>(OptionName)
        {
            Description = Description,
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
            Arity = Arity switch { SettingArity.Flag => ArgumentArity.Zero, SettingArity.One => ArgumentArity.ExactlyOne, _ => ArgumentArity.OneOrMore },
        };
        if (Arity != SettingArity.Flag)
            option.HelpName = Argument;
        return option;
    }

    private string Words(char separator)
    {
        var words = new StringBuilder();
        foreach (char c in Key)
            words.Append(char.IsAsciiLetterUpper(c) ? $"{separator}{char.ToLowerInvariant(c)}" : c);
        return words.ToString();
    }
}

public enum SettingArity { Flag, One, Many }

/// <inheritdoc/>
/// <typeparam name="T">What the texts of the value are parsed into.</typeparam>
public sealed class Setting<T> : Setting
{
    private readonly Func<IReadOnlyList<string>, T> _parse;

    /// <inheritdoc cref="Setting(string, string, string, SettingArity)"/>
    /// <param name="fallback">The default; null where its absence has a meaning of its own.</param>
    /// <param name="parse">From the texts given (one, except for <see cref="SettingArity.Many"/>); throws <see cref="FormatException"/> saying what was expected.</param>
    public Setting(string key, string description, string argument, SettingArity arity, T fallback, Func<IReadOnlyList<string>, T> parse)
        : base(key, description, argument, arity) => (Fallback, _parse) = (fallback, parse);

    public T Fallback { get; }

    /// <summary>The same setting for a command that has another default.</summary>
    public Setting<T> Otherwise(T fallback, string description, string? argument = null) => new(Key, description, argument ?? Argument, Arity, fallback, _parse);

    /// <exception cref="FormatException">The texts are no value of this setting.</exception>
    public T Parse(IReadOnlyList<string> texts) => _parse(texts);
}
