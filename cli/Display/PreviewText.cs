using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>What a run would measure, and how long that would take.</summary>
public static class PreviewText
{
    /// <summary>One line each: id, unit, what one operation moves and computes.</summary>
    public static IReadOnlyList<string> Workloads(RunPreview preview)
    {
        var table = new TextTable(new("workload"), new("unit"), new("reads", true), new("multiply-adds", true));
        foreach (WorkloadDefinition workload in preview.Workloads)
        {
            table.Add(
                workload.Id.IsLossy ? $"{workload.Id} lossy" : workload.Id.Text, workload.Unit.Name,
                workload.Work.Bytes is { } bytes ? Figures.Value(bytes, "B") : "",
                workload.Work.MultiplyAdds is { } adds ? FigureText.Count(adds) : "");
        }
        return table.Lines();
    }

    public static string Duration(RunPreview preview, int repeat) =>
        $"{preview.Workloads.Count} workloads, {preview.Launches} launches of about {FigureText.Duration(preview.Launch)}"
        + $" after {FigureText.Duration(preview.Calibration)} of checks: about {FigureText.Duration(preview.Total)}"
        + (repeat > 1 ? $", {repeat} times" : "");
}
