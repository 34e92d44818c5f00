using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>The samples of one call of a command.</summary>
internal static class CommandCall
{
    /// <summary>Reads what a command printed: one launch.</summary>
    /// <param name="call">For messages: which side, which call.</param>
    /// <param name="filters">Only workloads that match; none for all.</param>
    /// <exception cref="ReceiptException">Not our CSV of samples, or not of one launch.</exception>
    public static IReadOnlyList<SampleRow> Read(byte[] output, string call, IReadOnlyList<WorkloadGlob> filters)
    {
        IReadOnlyList<SampleRow> rows;
        try
        {
            rows = SamplesCsv.Parse(output);
        }
        catch (ReceiptException e)
        {
            throw e.In(call);
        }
        var launches = rows.Select(row => row.Launch).Distinct().Count();
        return launches == 1
            ? [.. rows.Where(row => WorkloadGlob.MatchesAny(filters, row.Workload))]
            : throw new ReceiptException(ReceiptFault.Malformed, call, null, $"samples of {launches} launches", "one launch a call");
    }

    /// <summary>Why samples are not those of the workloads measured; null when they are. Further workloads are left out.</summary>
    /// <exception cref="ReceiptException">A workload in another unit than before.</exception>
    public static string? Lacking(IReadOnlyList<SampleRow> rows, IReadOnlyList<CommandWorkload> workloads, string call)
    {
        foreach (var workload in workloads)
        {
            var row = rows.FirstOrDefault(r => r.Workload == workload.Name);
            if (row is null)
                return $"printed no sample of {workload.Name}";
            if (row.Unit.Name != workload.Unit)
                throw new ReceiptException(ReceiptFault.Malformed, call, null, $"{workload.Name} in {row.Unit}", $"{workload.Unit}, as in the first call");
        }
        return null;
    }
}

/// <summary>A workload that both commands print.</summary>
public sealed record CommandWorkload(string Name, string Unit);

/// <summary>One side as it is declared before the first launch.</summary>
/// <param name="Line">Command line.</param>
/// <param name="Run">Names the side's receipt.</param>
/// <param name="Seconds">That its first call took.</param>
/// <param name="Workloads">Those that both print.</param>
/// <param name="Warnings">For its receipt.</param>
/// <param name="ProgramSha256">Of the file that the line starts with; null where it starts with none.</param>
public sealed record PlannedCommand(
    string Line, string Run, string HostKey, double Seconds, IReadOnlyList<string> Filters, IReadOnlyList<CommandWorkload> Workloads, IReadOnlyList<ReceiptWarning> Warnings,
    string? ProgramSha256);

/// <summary>One finished launch; launches/NN.json of a side's folder.</summary>
/// <param name="Samples">Empty for a launch that was lost.</param>
internal sealed record CommandLaunch(string Run, LaunchRecord Record, IReadOnlyList<CommandSample> Samples);

internal sealed record CommandSample(string Workload, int Iteration, double Value, string Unit)
{
    public SampleRow Row => new(Workload, 1, Iteration, Value, Receipts.Schema.Unit.Find(Unit)!);
}
