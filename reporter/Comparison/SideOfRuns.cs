using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <param name="Path">Where it was read from, for messages.</param>
public sealed record ReceiptSource(string Path, Receipt Receipt);

/// <summary>A workload as one run measured it.</summary>
public sealed record WorkloadOfRun(ReceiptSource Source, WorkloadRecord Record);

/// <summary>The receipts of one side of a comparison, each a separate run.</summary>
public sealed class SideOfRuns
{
    private readonly ILookup<string, WorkloadOfRun> _workloads;

    private SideOfRuns(string name, IReadOnlyList<ReceiptSource> sources)
    {
        (Name, Sources) = (name, sources);
        WorkloadIds = [.. sources.Reverse().SelectMany(source => source.Receipt.Workloads).Select(workload => workload.Id).Distinct()];
        _workloads = sources.SelectMany(source => source.Receipt.Workloads.DistinctBy(workload => workload.Id).Select(workload => new WorkloadOfRun(source, workload))).ToLookup(found => found.Record.Id);
    }

    /// <summary>"baseline" or "candidate".</summary>
    public string Name { get; }

    /// <summary>Oldest run first.</summary>
    public IReadOnlyList<ReceiptSource> Sources { get; }

    public Receipt Newest => Sources[^1].Receipt;

    /// <summary>Workload ids of any run, in the order of the newest run that has them.</summary>
    public IReadOnlyList<string> WorkloadIds { get; }

    /// <summary>A workload in each run that measured it, oldest first; empty when none did.</summary>
    public IEnumerable<WorkloadOfRun> Runs(string workload) => _workloads[workload];

    public bool Has(string workload) => _workloads.Contains(workload);

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
        if (sorted.FirstOrDefault(source => source.Receipt.Origin == ReceiptOrigin.External) is { } external)
        {
            throw new ComparisonInputException(ComparisonInputFault.ExternalReceipt,
                $"{external.Path}: published figures of another engine, which nobody here verified; a run was expected (report RECEIPT --context FILE shows them beside one)");
        }
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
