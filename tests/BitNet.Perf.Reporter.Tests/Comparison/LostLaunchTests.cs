using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class LostLaunchTests
{
    private const string Id = SyntheticRun.Gemv;

    // Ten quiet baseline runs of ten launches; one candidate run.
    private static ComparisonResult Compare(double factor, int lost, int baselineLost = 0)
    {
        SyntheticRun Lost(string name, double middle, int count) => new SyntheticRun(name) { Lost = count }.With(Id, SyntheticRun.Steady(middle, 10, 0.002));
        return Sides.Compare([.. Sides.Runs(9, Id, 400), Lost("b9", 400, baselineLost)], [Lost("c", 400 * factor, lost)]);
    }

    [Theory]
    [InlineData(1.005)]
    [InlineData(0.9735)]
    [InlineData(1 / 1.08)]
    public void A_candidate_that_lost_launches_passes_nothing(double factor)
    {
        Assert.Equal(0, Compare(factor, lost: 0).ExitCode);
        ComparisonResult result = Compare(factor, lost: 2);
        WorkloadComparison row = result.Workloads.Single();
        Assert.Equal((Verdict.Undecided, GateOutcome.Undecided), (row.Verdict, result.ExitCode));
        Assert.StartsWith("Refused, the candidate lost launches (10 of 12 launches count; of the baseline ", row.Reason, StringComparison.Ordinal);
        Assert.Contains(result.Warnings, w => w is { Code: "launches-lost", Message: "candidate: 10 of 12 launches count" });
    }

    [Fact]
    public void A_regression_stays_one() => Assert.Equal(Verdict.Regressed, Compare(1.08, lost: 2).Workloads.Single().Verdict);

    [Fact]
    public void Lost_launches_of_the_baseline_are_said()
    {
        ComparisonResult result = Compare(1, lost: 0, baselineLost: 1);
        Assert.Equal(0, result.ExitCode);
        ReceiptWarning warning = Assert.Single(result.Warnings, w => w.Code == "launches-lost");
        Assert.Equal("baseline: 100 of 101 launches count", warning.Message);
    }
}
