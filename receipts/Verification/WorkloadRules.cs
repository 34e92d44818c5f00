using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Id, definition, unit and direction, threads and result of each workload.</summary>
internal static class WorkloadRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Workloads.Count == 0)
            yield return new("workloads", "$.workloads", "nothing was measured");
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            string path = $"$.workloads[{i}]";
            if (!seen.Add(workload.Id))
                yield return new("workload-id", $"{path}.id", $"{workload.Id} occurs twice");
            foreach (Finding finding in Names(receipt, workload, path).Concat(Direction(workload, path)).Concat(Result(receipt, workload, path)))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> Names(Receipt receipt, WorkloadRecord workload, string path)
    {
        if (!Forms.IsDefinition(workload.Definition))
            yield return new("definition", $"{path}.definition", $"\"{workload.Definition}\"; expected name/version, e.g. gemv/1");
        // Another harness's name need not tell the threads: 0 is not known.
        if (workload.Threads < (receipt.Origin == ReceiptOrigin.Measured ? 1 : 0))
            yield return new("threads", $"{path}.threads", $"{workload.Threads}; expected at least 1");
        if (WorkloadId.TryParse(workload.Id, out WorkloadId? id))
        {
            if (workload.Lossy != (id.IsLossy ? true : null))
                yield return new("lossy", $"{path}.lossy", id.IsLossy ? "expected true: the id names a lossy head" : "expected none: the id names no lossy head");
            if (id.Threads != workload.Threads)
                yield return new("threads", $"{path}.threads", $"{workload.Threads}; the id says {id.Threads}");
            // A probe or control may run with its own number.
            if (id.Family != WorkloadFamily.Probe && !receipt.Settings.Threads.Contains(workload.Threads))
                yield return new("threads", $"{path}.threads", $"{workload.Threads} is not among $.settings.threads");
        }
        else if (receipt.Origin == ReceiptOrigin.Measured || !Forms.IsText(workload.Id))
        {
            yield return new("workload-id", $"{path}.id", $"\"{workload.Id}\" is not of the grammar of workload ids");
        }
        if (id is null && workload.Lossy is not null)
            yield return new("lossy", $"{path}.lossy", "expected none: the id names no lossy head");
    }

    private static IEnumerable<Finding> Direction(WorkloadRecord workload, string path)
    {
        if (Unit.Find(workload.Unit) is not Unit unit)
        {
            yield return new("unit", $"{path}.unit", $"\"{workload.Unit}\"; expected {string.Join(", ", Unit.All)}");
            yield break;
        }
        if (workload.Metric != unit.Metric)
            yield return new("unit", $"{path}.metric", $"{workload.Metric}; {unit} is a {unit.Metric}");
        if (workload.Better != unit.Better)
            yield return new("unit", $"{path}.better", $"{workload.Better}; of {unit}, {unit.Better} is better");
    }

    private static IEnumerable<Finding> Result(Receipt receipt, WorkloadRecord workload, string path)
    {
        if (workload.Result is ResultCheck result)
        {
            if (!Forms.IsDigest(result.Digest))
                yield return new("sha256", $"{path}.result.digest", $"\"{result.Digest}\"; expected sha256: and 64 lower-case hex digits");
            if (result.Checked < 1 || !Forms.IsText(result.Against))
                yield return new("result", $"{path}.result", "expected at least one value checked, and against what");
        }
        else if (receipt.Origin == ReceiptOrigin.Measured && WorkloadId.TryParse(workload.Id, out WorkloadId? id) && id.Family != WorkloadFamily.Probe)
        {
            yield return new("result", $"{path}.result", "null; only a probe computes nothing that could be wrong");
        }
    }
}
