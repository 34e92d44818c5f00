using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <param name="Path">Where it was read from, for messages.</param>
public sealed record ReceiptSource(string Path, Receipt Receipt);

/// <summary>The receipts of one side of a comparison, each a separate run.</summary>
public sealed class SideOfRuns
{
    private SideOfRuns(string name, IReadOnlyList<ReceiptSource> sources) => (Name, Sources) = (name, sources);

    /// <summary>"baseline" or "candidate".</summary>
    public string Name { get; }

    /// <summary>Oldest run first.</summary>
    public IReadOnlyList<ReceiptSource> Sources { get; }

    public Receipt Newest => Sources[^1].Receipt;

    /// <summary>Workload ids of any run, in the order of the newest run that has them.</summary>
    public IReadOnlyList<string> WorkloadIds =>
        [.. Sources.Reverse().SelectMany(source => source.Receipt.Workloads).Select(workload => workload.Id).Distinct()];

    /// <exception cref="ComparisonInputException">No receipt, one run given twice, or an incomplete one that was not allowed.</exception>
    public static SideOfRuns Baseline(IEnumerable<ReceiptSource> sources, bool allowIncomplete = false) =>
        Create("baseline", sources, allowIncomplete);

    /// <inheritdoc cref="Baseline"/>
    public static SideOfRuns Candidate(IEnumerable<ReceiptSource> sources, bool allowIncomplete = false) =>
        Create("candidate", sources, allowIncomplete);

    private static SideOfRuns Create(string name, IEnumerable<ReceiptSource> sources, bool allowIncomplete)
    {
        ReceiptSource[] sorted = [.. sources.OrderBy(source => source.Receipt.CreatedUtc).ThenBy(source => source.Receipt.Run, StringComparer.Ordinal)];
        if (sorted.Length == 0)
            throw new ComparisonInputException(ComparisonInputFault.NoReceipt, $"{name}: no receipt; at least one was expected");
        RefuseDuplicates(sorted);
        if (!allowIncomplete && sorted.FirstOrDefault(source => source.Receipt.Status == RunStatus.Incomplete) is { } incomplete)
        {
            throw new ComparisonInputException(ComparisonInputFault.IncompleteReceipt,
                $"{incomplete.Path}: the run was interrupted; a complete receipt was expected (finish it with run --resume, or give --allow-incomplete)");
        }
        return new SideOfRuns(name, sorted);
    }

    /// <summary>A run counted twice would look like independent agreement, on one side or across both.</summary>
    internal static void RefuseDuplicates(IEnumerable<ReceiptSource> sources)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ReceiptSource source in sources)
        {
            string?[] names = [source.Receipt.Digest, $"run {source.Receipt.Run}"];
            foreach (string name in names.OfType<string>())
            {
                if (!seen.TryAdd(name, source.Path))
                {
                    throw new ComparisonInputException(ComparisonInputFault.DuplicateReceipt,
                        $"{source.Path}: the same run as {seen[name]} ({name}); receipts of separate runs were expected");
                }
            }
        }
    }
}
