using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>The comparison's own rules of looks and early end.</summary>
internal sealed class PairedJudge(ComparisonOptions options) : IPairedJudge
{
    public double FamilyErrorRate => options.FamilyErrorRate;

    public int LeastPairs(int familySize) => LookPlan.LeastPairs(familySize, FamilyErrorRate);

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
