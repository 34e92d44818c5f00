using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>What a file of another harness holds. What it does not tell is null or left out.</summary>
public sealed record ImportedFile
{
    /// <summary><see cref="ReceiptOrigin.External"/> where the file holds published figures of another engine.</summary>
    public ReceiptOrigin Origin { get; init; } = ReceiptOrigin.Imported;

    /// <summary>At least one, each with at least one row.</summary>
    public required IReadOnlyList<ImportedLaunch> Launches { get; init; }

    /// <summary>The machine that measured; null where the file says nothing of it.</summary>
    public ToldHost? Host { get; init; }

    public FigureSource? Source { get; init; }

    /// <summary>By workload.</summary>
    public IReadOnlyDictionary<string, ImportedWork> Work { get; init; } = new Dictionary<string, ImportedWork>();

    /// <summary>What was left out, and what the file itself warns of.</summary>
    public IReadOnlyList<ReceiptWarning> Warnings { get; init; } = [];

    /// <summary>Several files of one harness, machine and program as one: their launches one behind the other.</summary>
    /// <param name="files">At least one, each with its name.</param>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>: they tell of different machines, programs, models or settings.</exception>
    public static ImportedFile Join(IReadOnlyList<(string Name, ImportedFile File)> files)
    {
        (string firstName, ImportedFile first) = files[0];
        foreach ((string name, ImportedFile file) in files.Skip(1))
        {
            if (Difference(first, file) is (string what, string before, string now))
                throw new ReceiptException(ReceiptFault.Malformed, name, null, $"{what} \"{now}\"; {firstName} says \"{before}\"", "files of one machine, program, model and settings");
        }
        return files.Count == 1 ? first : first with
        {
            Launches = [.. files.SelectMany(file => file.File.Launches)],
            Source = first.Source is null ? null : first.Source with { Facts = Common([.. files.Select(file => file.File.Source!)]) },
            Work = files.SelectMany(file => file.File.Work).DistinctBy(work => work.Key).ToDictionary(),
            Warnings = [.. files.SelectMany(file => file.File.Warnings).Distinct()],
        };
    }

    // Only these may differ from one start of the same program to the next.
    private static readonly string[] OfOneStart = [ForeignFacts.Date, ForeignFacts.Load, ForeignFacts.Clock, ForeignFacts.Title];

    private static (string What, string Before, string Now)? Difference(ImportedFile first, ImportedFile other)
    {
        if (first.Source?.Harness != other.Source?.Harness)
            return ("harness", first.Source?.Harness ?? "", other.Source?.Harness ?? "");
        if (first.Host != other.Host)
            return ("machine", first.Host?.ToString() ?? "", other.Host?.ToString() ?? "");
        IReadOnlyDictionary<string, string> before = first.Source?.Facts ?? new Dictionary<string, string>(), now = other.Source?.Facts ?? new Dictionary<string, string>();
        return before.Keys.Union(now.Keys).Except(OfOneStart).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => ((string, string, string)?)(name, before.GetValueOrDefault(name, ""), now.GetValueOrDefault(name, ""))).FirstOrDefault();
    }

    private static Dictionary<string, string> Common(FigureSource[] sources) =>
        sources[0].Facts.Where(fact => Array.TrueForAll(sources, source => source.Facts.GetValueOrDefault(fact.Key) == fact.Value)).ToDictionary();
}
