using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Evidence;

/// <summary>What a worker's listing shows of each workload.</summary>
/// <param name="ByWorkload">Methods in the order of the calls.</param>
/// <param name="Warnings">A workload each that has none, or one for all.</param>
internal sealed record CapturedCode(IReadOnlyDictionary<string, IReadOnlyList<MethodCode>> ByWorkload, IReadOnlyList<ReceiptWarning> Warnings)
{
    /// <summary>End-to-end workloads run through everything; the read probe chooses its code anew in each launch.</summary>
    public static bool IsWanted(WorkloadId id) => id.Family == WorkloadFamily.Kernel || (id.Family == WorkloadFamily.Probe && id.Operation != "read");

    public static CapturedCode None(IEnumerable<string> ids, string reason) => new(
        new Dictionary<string, IReadOnlyList<MethodCode>>(StringComparer.Ordinal), Warn([.. ids.Select(id => (id, reason))], []));

    public static CapturedCode Of(CodeListing listing, IReadOnlyDictionary<string, CodePath?> paths)
    {
        var methods = new Dictionary<string, MethodCode>(StringComparer.Ordinal);
        var found = new Dictionary<string, IReadOnlyList<MethodCode>>(StringComparer.Ordinal);
        var missing = new List<(string Id, string Reason)>();
        foreach (var (id, path) in paths)
        {
            if (path is null)
            {
                missing.Add((id, "the worker does not say what its operation runs through"));
                continue;
            }
            var names = path.Walk(listing);
            if (names.Select(name => Problem(name, listing)).FirstOrDefault(problem => problem is not null) is { } reason)
            {
                missing.Add((id, reason));
                continue;
            }
            found[id] = [.. names.Select(name => methods.TryGetValue(name, out var known) ? known : methods[name] = MethodAnalysis.Of(listing.Methods[name]))];
        }
        return new CapturedCode(found, Warn(missing, found.Keys));
    }

    public MachineCode? Of(string id) => ByWorkload.TryGetValue(id, out var methods) ? MachineCode.Of(methods) : null;

    /// <summary>Each method once, sorted by name; null where there is none.</summary>
    public IReadOnlyList<MethodCode>? Methods
    {
        get
        {
            List<MethodCode> all = [.. ByWorkload.Values.SelectMany(methods => methods).DistinctBy(method => method.Name).OrderBy(method => method.Name, StringComparer.Ordinal)];
            return all.Count > 0 ? all : null;
        }
    }

    private static string? Problem(string name, CodeListing listing) =>
        listing.Broken.TryGetValue(name, out var reason) ? $"{name}: {reason}"
        : listing.Methods.ContainsKey(name) ? null
        : listing.Methods.Count == 0 ? "the worker's runtime listed no code" : $"{name} was not listed";

    private static IReadOnlyList<ReceiptWarning> Warn(IReadOnlyList<(string Id, string Reason)> missing, IEnumerable<string> found) =>
        missing.Count > 0 && !found.Any() && missing.Select(m => m.Reason).Distinct().Count() == 1
            ? [new ReceiptWarning(WarningCodes.EvidenceMissing, null, $"no machine code of any workload: {missing[0].Reason}")]
            : [.. missing.Select(m => new ReceiptWarning(WarningCodes.EvidenceMissing, m.Id, $"no machine code: {m.Reason}"))];
}
