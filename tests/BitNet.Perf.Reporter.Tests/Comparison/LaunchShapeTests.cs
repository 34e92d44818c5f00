using BitNet.Perf.Receipts.Schema;

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

    [Fact]
    public void Outlying_launches_that_move_the_mean_but_not_the_middle_are_reported()
    {
        double[] quiet = SyntheticRun.Steady(400, 8, 0.004);
        Assert.Single(Warnings(quiet, [.. quiet[..7], 800]), w => w.Code == "launches-disagree");
    }
}
