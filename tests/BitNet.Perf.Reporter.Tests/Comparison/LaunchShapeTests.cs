using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class LaunchShapeTests
{
    private static double[] Modes(int fast, int slow, int seed)
    {
        var noise = new Noise(seed);
        return [.. noise.Normals(fast).Select(z => 400 * Math.Exp(0.003 * z)), .. noise.Normals(slow).Select(z => 480 * Math.Exp(0.003 * z))];
    }

    private static IEnumerable<ReceiptWarning> Warnings(double[] before, double[] after) =>
        Sides.Compare(new SyntheticRun("a").With(SyntheticRun.Gemv, before), new SyntheticRun("b").With(SyntheticRun.Gemv, after)).Warnings
            .Where(w => w.Code is "bimodal" or "modes-shifted" or "launches-disagree");

    [Fact]
    public void Two_modes_are_reported_with_their_shares()
    {
        ReceiptWarning warning = Warnings(Modes(8, 4, 1), Modes(9, 3, 2)).Single(w => w.Code == "bimodal");
        Assert.Equal("two modes 20 % apart: slow mode 4 of 12 baseline launches, 3 of 12 candidate launches", warning.Message);
        Assert.Equal(SyntheticRun.Gemv, warning.Subject);
    }

    [Fact]
    public void A_changed_share_of_modes_is_reported_as_such()
    {
        ReceiptWarning warning = Warnings(Modes(12, 2, 3), Modes(2, 12, 4)).Single(w => w.Code is "bimodal" or "modes-shifted");
        Assert.Equal("modes-shifted", warning.Code);
        Assert.Contains("slow mode 2 of 14 baseline launches, 12 of 14 candidate launches", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_shift_is_no_second_mode() => Assert.Empty(Warnings(Modes(12, 0, 5), Modes(0, 12, 6)));

    private static double[] Climbing(int launches, double perLaunch) => [.. Enumerable.Range(0, launches).Select(i => 400 * Math.Exp(perLaunch * i))];

    [Fact]
    public void Launches_that_become_slower_and_slower_are_reported_as_alike()
    {
        SyntheticRun Run(string name, double[] launches) => new SyntheticRun(name).With(SyntheticRun.Gemv, launches);
        IReadOnlyList<ReceiptWarning> warnings = Sides.Compare(Run("a", SyntheticRun.Steady(400, 12, 0.004)), Run("b", Climbing(12, 0.001))).Warnings;
        ReceiptWarning warning = Assert.Single(warnings, w => w.Code == "launches-autocorrelated");
        Assert.Equal(SyntheticRun.Gemv, warning.Subject);
        Assert.StartsWith("candidate: successive launches are alike (correlation 0.9", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_pairs_a_drift_that_both_launches_share_is_not_reported_and_one_of_their_ratio_is()
    {
        SyntheticRun Run(string name, double[] launches) => new SyntheticRun(name).With(SyntheticRun.Gemv, launches);
        IEnumerable<ReceiptWarning> Warnings(double[] head) => PairedComparison.Compare(
                SideOfRuns.Baseline(Sides.Sources([Run("a", Climbing(16, 0.01))], "base")), SideOfRuns.Candidate(Sides.Sources([Run("b", head)], "head")), new ComparisonOptions())
            .Warnings.Where(w => w.Code == "launches-autocorrelated");

        double[] jitter = SyntheticRun.Steady(1, 16, 0.002);
        Assert.Empty(Warnings([.. Climbing(16, 0.01).Zip(jitter, (value, factor) => value * factor)]));
        Assert.Single(Warnings([.. Climbing(16, 0.02).Zip(jitter, (value, factor) => value * factor)]));
    }

    [Fact]
    public void Outlying_launches_that_move_the_mean_but_not_the_middle_are_reported()
    {
        double[] quiet = SyntheticRun.Steady(400, 8, 0.004);
        Assert.Single(Warnings(quiet, [.. quiet[..7], 800]), w => w.Code == "launches-disagree");
    }
}
