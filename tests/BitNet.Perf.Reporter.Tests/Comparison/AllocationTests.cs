using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class AllocationTests
{
    private static readonly double[] Launches = SyntheticRun.Steady(400, 4, 0.01);

    private static WorkloadComparison? Allocated(double? before, double? after, ComparisonOptions? options = null) =>
        Sides.Compare(new SyntheticRun("a").With(SyntheticRun.Gemv, Launches, allocated: before), new SyntheticRun("b").With(SyntheticRun.Gemv, Launches, allocated: after), options)
            .Workloads.SingleOrDefault(w => w.Metric == ComparedMetric.Allocated);

    [Fact]
    public void A_new_allocation_is_a_regression_whose_ratio_is_unknown()
    {
        WorkloadComparison row = Allocated(0, 64)!;
        Assert.Equal((Verdict.Regressed, "B"), (row.Verdict, row.Unit));
        Assert.Null(row.Ratio);
        Assert.Null(row.P);
        Assert.Equal((0.0, 64.0), (row.Baseline.Value!.Value, row.Candidate.Value!.Value));
        Assert.Equal("allocates 64 B an operation instead of 0 B; exact in all launches, more than 0 % above.", row.Reason);
    }

    [Fact]
    public void It_fails_the_gate() =>
        Assert.Equal(1, Sides.Compare(new SyntheticRun("a").With(SyntheticRun.Gemv, Launches, allocated: 0),
            new SyntheticRun("b").With(SyntheticRun.Gemv, Launches, allocated: 1)).ExitCode);

    [Fact]
    public void Fewer_bytes_are_an_improvement() => Assert.Equal(Verdict.Improved, Allocated(128, 64)!.Verdict);

    [Fact]
    public void A_growth_within_its_own_threshold_passes() =>
        Assert.Equal(Verdict.Equivalent, Allocated(1000, 1009, new ComparisonOptions { AllocationThreshold = 0.01 })!.Verdict);

    [Theory]
    [InlineData(64.0, 64.0)]
    [InlineData(64.5, 80.0)]
    [InlineData(null, 80.0)]
    [InlineData(64.0, null)]
    public void Equal_unknown_or_inexact_figures_make_no_row(double? before, double? after) => Assert.Null(Allocated(before, after));
}
