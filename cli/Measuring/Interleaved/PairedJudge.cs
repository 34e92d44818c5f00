using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>The comparison's own rules of looks and early end.</summary>
internal sealed class PairedJudge(ComparisonOptions options) : IPairedJudge
{
    public double FamilyErrorRate => options.FamilyErrorRate;

    public int LeastPairs(int familySize) => LookPlan.LeastPairs(familySize, FamilyErrorRate);

    public IReadOnlyList<int> Looks(int pairs, int familySize) => LookPlan.Of(pairs, familySize, FamilyErrorRate).Pairs;

    public bool AllDecided(Receipt @base, Receipt head) => PairedComparison.AllDecided(Compare(new Sides<Receipt>(@base, head)));

    /// <summary>Of receipts that are not written yet.</summary>
    public ComparisonResult Compare(Sides<Receipt> receipts) => Compare(new Sides<ReceiptSource>(
        new ReceiptSource(Sides<string>.BaseName, receipts.Base), new ReceiptSource(Sides<string>.HeadName, receipts.Head)));

    public ComparisonResult Compare(Sides<ReceiptSource> sides) => PairedComparison.Compare(
        SideOfRuns.Baseline([sides.Base], allowIncomplete: true), SideOfRuns.Candidate([sides.Head], allowIncomplete: true), options);
}
