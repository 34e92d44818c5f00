using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Display;

/// <summary>The document "workload-list/1": what a run would measure.</summary>
/// <param name="PredictedSeconds">By rates of an ordinary machine.</param>
public sealed record PreviewJson(
    string Schema, string Suite, IReadOnlyList<string> Filters, string Model, int Launches, double PredictedSeconds, IReadOnlyList<PreviewWorkload> Workloads)
{
    public static PreviewJson Of(RunOptions options, RunPreview preview) => new(
        "workload-list/1", options.Suite.Name, options.Filters, options.Model, preview.Launches, Math.Round(preview.Total.TotalSeconds, 1),
        [
            .. preview.Workloads.Select(w => new PreviewWorkload(
                w.Id.Text, w.Definition, w.Unit.Metric.ToString().ToLowerInvariant(), w.Unit.Name, w.Unit.Better.ToString().ToLowerInvariant(), w.Id.Threads, w.Kernel, w.Work)),
        ]);
}

public sealed record PreviewWorkload(
    string Id, string Definition, string Metric, string Unit, string Better, int Threads, string? Kernel, WorkPerOperation Work);
