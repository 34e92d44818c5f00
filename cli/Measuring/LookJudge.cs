using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>Says by comparison with the baseline what a look of <c>gate</c> leaves open, and tells what is measured on and why, a line for each look.</summary>
/// <param name="compare">The launches so far with the baseline.</param>
/// <param name="tell">Shows a line.</param>
internal sealed class LookJudge(Func<Receipt, ComparisonResult> compare, Action<string> tell) : ILookJudge
{
    private OpenWorkloads? _open;
    private int _judged;

    public IReadOnlyList<string> Open(Receipt soFar)
    {
        ComparisonResult result = compare(soFar);
        _open = OpenWorkloads.Of(result);
        _judged = result.FamilySize;
        return [.. _open.ByLaunches.Select(open => open.Id)];
    }

    public void Chosen(int look, IReadOnlyList<string> measuredOn, int? next)
    {
        if (_open is not { } open)
        {
            // A resumed run: it was chosen, and told, before the interruption.
            tell($"look {look}: {Figures.Count(measuredOn.Count, "workload is", "workloads are")} measured on{(next is { } to ? $" up to launch {to}" : "")}, as chosen before");
            return;
        }
        OpenWorkload[] chosen = [.. open.ByLaunches.Where(o => measuredOn.Contains(o.Id))];
        int left = open.ByLaunches.Count - chosen.Length;
        string[] parts =
        [
            next is { } upTo ? $"{chosen.Length} of {_judged} measured on up to launch {upTo}: {string.Join(", ", chosen.Select(o => $"{o.Id} ({o.Why})"))}" : $"nothing of {_judged} is measured on",
            left > 0 ? $"{left} more do not fit into the budget" : "",
            open.HostChanged ? "the host changed, so that nothing passes here" : "",
            open.ByRuns.Count > 0 ? $"{open.ByRuns.Count} open because of noise between runs, which launches do not decide" : "",
        ];
        tell($"look {look}: {string.Join("; ", parts.Where(part => part.Length > 0))}");
    }
}
