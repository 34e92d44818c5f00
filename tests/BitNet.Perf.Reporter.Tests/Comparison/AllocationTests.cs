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
    [InlineData(64.4, 64.0)]
    [InlineData(null, 80.0)]
    [InlineData(64.0, null)]
    public void Equal_or_unknown_figures_make_no_row(double? before, double? after) => Assert.Null(Allocated(before, after));

    [Fact]
    public void Growth_that_is_no_whole_number_is_a_regression_by_the_least_of_the_launches()
    {
        WorkloadComparison row = Allocated(64, 80.4)!;
        Assert.Equal((Verdict.Regressed, 80.0), (row.Verdict, row.Candidate.Value!.Value));
        Assert.Contains("the least of each side's launches", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_some_launches_allocate_is_none()
    {
        SyntheticRun quiet = new SyntheticRun("a").With(SyntheticRun.Gemv, Launches, allocated: 0);
        SyntheticRun noisy = new SyntheticRun("b").With(SyntheticRun.Gemv, Launches, allocated: 24);
        SyntheticRun clean = new SyntheticRun("c").With(SyntheticRun.Gemv, Launches, allocated: 0);
        Assert.DoesNotContain(Sides.Compare([quiet], [noisy, clean]).Workloads, w => w.Metric == ComparedMetric.Allocated);
    }

    [Fact]
    public void An_inexact_difference_of_a_single_launch_is_warned_of_and_not_judged()
    {
        ComparisonResult result = Sides.Compare(
            new SyntheticRun("a").With(SyntheticRun.Gemv, Launches, allocated: 0), new SyntheticRun("b").With(SyntheticRun.Gemv, [400], allocated: 16.5));
        Assert.DoesNotContain(result.Workloads, w => w.Metric == ComparedMetric.Allocated);
        Assert.Contains(result.Warnings, w => w is { Code: "allocation-inexact", Subject: SyntheticRun.Gemv });
    }
}
