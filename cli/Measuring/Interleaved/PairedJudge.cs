using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>The comparison's own rules of looks and early end.</summary>
/// <param name="file">Where the thresholds of <paramref name="options"/> come from.</param>
internal sealed class PairedJudge(ComparisonOptions options, ConfigurationFile file) : IPairedJudge
{
    public double FamilyErrorRate => options.FamilyErrorRate;

    /// <exception cref="CommandFailure">A threshold is for workloads that there are nowhere.</exception>
    public void Require(IReadOnlyCollection<string> workloads) => ThresholdPatterns.Require(file, workloads);

    public int LeastPairs(int familySize, double share) => LookPlan.LeastPairs(familySize, share * FamilyErrorRate);

    public IReadOnlyList<DeclaredLook> Looks(int pairs, int familySize) => LookPlan.Of(pairs, familySize, FamilyErrorRate).Looks;

    public bool AllDecided(Receipt @base, Receipt head) => PairedComparison.AllDecided(Compare(Unwritten(new Sides<Receipt>(@base, head))));

    /// <summary>Figures of all blocks so far, for people who watch.</summary>
    public ComparisonResult SoFar(Sides<Receipt> receipts)
    {
        (SideOfRuns before, SideOfRuns after) = Sides(Unwritten(receipts));
        return PairedComparison.SoFar(before, after, options);
    }

    public ComparisonResult Compare(Sides<ReceiptSource> sources)
    {
        (SideOfRuns before, SideOfRuns after) = Sides(sources);
        return PairedComparison.Compare(before, after, options);
    }

    private static Sides<ReceiptSource> Unwritten(Sides<Receipt> receipts) => new(
        new ReceiptSource(Sides<string>.BaseName, receipts.Base), new ReceiptSource(Sides<string>.HeadName, receipts.Head));

    private static (SideOfRuns Before, SideOfRuns After) Sides(Sides<ReceiptSource> sources) =>
        (SideOfRuns.Baseline([sources.Base], allowIncomplete: true), SideOfRuns.Candidate([sources.Head], allowIncomplete: true));
}
