using System.CommandLine;
using BitNet.Perf.Bench.Runs.Interleaved;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>What a side of <c>ab</c> is given as.</summary>
internal enum SideKind
{
    /// <summary>Folder of a published program.</summary>
    Folder,

    /// <summary>Git revision, built first.</summary>
    Revision,

    /// <summary>Command line that prints samples.</summary>
    Command,
}

/// <summary>Both sides as typed, of one kind.</summary>
internal sealed record AbSides(SideKind Kind, Sides<string> Given);

/// <summary>The options that name the two sides: exactly one for each, of one kind.</summary>
internal sealed class AbSidesOptions
{
    private const string Expected = "--base DIR --head DIR, --base-ref REV --head-ref REV, or --base-cmd CMD --head-cmd CMD";

    private readonly (SideKind Kind, Option<string> Base, Option<string> Head)[] _pairs =
    [
        (SideKind.Folder, Option("--base", "Folder of a published bitnet-perf: the side to compare with.", "DIR"),
            Option("--head", "Folder of a published bitnet-perf: the side that is judged.", "DIR")),
        (SideKind.Revision, Option("--base-ref", "Git revision to compare with, built from a checkout of its own and kept in the cache; . is the working tree.", "REV"),
            Option("--head-ref", "The same for the side that is judged.", "REV")),
        (SideKind.Command, Option("--base-cmd", "Command line, run by the shell, that prints the samples of one launch as our CSV.", "CMD"),
            Option("--head-cmd", "The same for the side that is judged.", "CMD")),
    ];

    public IEnumerable<Option> All => _pairs.SelectMany(pair => new[] { pair.Base, pair.Head });

    /// <exception cref="CommandFailure">A side is missing, given twice, or of another kind than the other.</exception>
    public AbSides Read(CommandContext context)
    {
        string[] given = [.. All.OfType<Option<string>>().Where(option => context.Value(option) is not null).Select(option => option.Name)];
        foreach ((SideKind kind, Option<string> before, Option<string> after) in _pairs)
        {
            if (given.Length == 2 && context.Value(before) is { } @base && context.Value(after) is { } head)
                return new AbSides(kind, new Sides<string>(@base, head));
        }
        string found = given.Length == 0 ? "no side is given" : $"given: {string.Join(", ", given)}";
        throw CommandFailure.Usage($"{found}; expected {Expected}");
    }

    private static Option<string> Option(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
