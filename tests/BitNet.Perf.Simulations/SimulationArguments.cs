using System.Globalization;

namespace BitNet.Perf.Simulations;

/// <summary>How the outcomes are written.</summary>
internal enum TableForm { Text, Markdown, Csv }

/// <summary>The words after the program's name in its long form.</summary>
internal sealed record SimulationArguments
{
    public const string Usage =
        "usage: [--suites 20000] [--scenario GLOB]... [--seed 1] [--threads N] [--markdown|--csv], or: --list, or: speed [--folder DIR] [--program PATH-OF-bitnet-perf]";

    public int Suites { get; private init; } = 20_000;
    public IReadOnlyList<string> Patterns { get; private init; } = [];
    public ulong Seed { get; private init; } = 1;
    public int Threads { get; private init; } = Environment.ProcessorCount;
    public TableForm Form { get; private init; }

    /// <summary>Null with a message when a word is not understood.</summary>
    public static (SimulationArguments? Arguments, string? Fault) Parse(IReadOnlyList<string> words)
    {
        var arguments = new SimulationArguments();
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word is "--markdown" or "--csv")
            {
                arguments = arguments with { Form = word == "--csv" ? TableForm.Csv : TableForm.Markdown };
                continue;
            }
            if (i + 1 == words.Count) return (null, $"{word}: a value was expected after it, or the option is unknown; {Usage}");
            string value = words[++i];
            if (word == "--scenario") arguments = arguments with { Patterns = [.. arguments.Patterns, value] };
            else if (word == "--suites" && Count(value) is { } suites) arguments = arguments with { Suites = suites };
            else if (word == "--threads" && Count(value) is { } threads) arguments = arguments with { Threads = threads };
            else if (word == "--seed" && ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed)) arguments = arguments with { Seed = seed };
            else return (null, $"{word} {value}: not understood; {Usage}");
        }
        return (arguments.Patterns.Count > 0 ? arguments : arguments with { Patterns = ["*"] }, null);
    }

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : null;
}
