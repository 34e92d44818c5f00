using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>What must be said of verdicts when a run ended before its last declared look without having decided everything.</summary>
internal static class AbEnding
{
    public static IEnumerable<ReceiptWarning> Warnings(InterleavedOutcome outcome)
    {
        if (outcome.End is not (InterleavedEnd.Budget or InterleavedEnd.LaunchesLost))
            yield break;
        int blocks = outcome.Receipts.Base.Launches.Count;
        int reached = outcome.Plan.Looks.Select(look => look.Launches).LastOrDefault(look => look <= blocks);
        string why = outcome.End == InterleavedEnd.Budget ? "the budget ends before the next declared look" : "so many launches were lost that the pairs left could show nothing";
        yield return new ReceiptWarning("stopped-early", null, reached == 0
            ? $"{why}: {blocks} pairs, the first look is at {outcome.Plan.Looks[0].Launches}; nothing is decided"
            : $"{why}: verdicts are those of the look at {reached} of {outcome.Plan.Looks[^1].Launches} pairs");
    }
}
