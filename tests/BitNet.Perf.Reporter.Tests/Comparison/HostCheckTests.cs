using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class HostCheckTests
{
    private static ComparisonResult Compare(double workload, double control = 1, double read = 1)
    {
        SyntheticRun[] baseline = [.. Sides.Runs(10, SyntheticRun.Gemv, 400).Select(run => run.WithProbes(10))];
        SyntheticRun candidate = Sides.Runs(1, SyntheticRun.Gemv, 400 * workload, name: "c")[0].WithProbes(10, control, read);
        return Sides.Compare(baseline, [candidate]);
    }

    [Fact]
    public void Probes_are_not_judged_as_workloads()
    {
        ComparisonResult result = Compare(1);
        Assert.Equal([SyntheticRun.Gemv], result.Workloads.Select(w => w.Id));
        Assert.Equal(1, result.FamilySize);
        Assert.False(result.Host.Changed);
        Assert.Equal(1, result.Host.ControlRatio!.Value, 1e-9);
        Assert.Equal(2, result.Host.Checks.Count);
    }

    [Theory]
    [InlineData(1.06, 1.0)]
    [InlineData(0.94, 1.0)]
    [InlineData(1.0, 0.9)]
    public void A_control_kernel_or_read_probe_that_moves_beyond_threshold_and_noise_means_another_host(double control, double read)
    {
        ComparisonResult result = Compare(1, control, read);
        Assert.True(result.Host.Changed);
        Assert.Contains(result.Warnings, w => w.Code == "host-changed");
    }

    [Theory]
    [InlineData("i2s-avx512", true)]
    [InlineData("i2s-avx2", false)]
    public void The_multiply_add_probe_is_a_check_only_with_the_same_kernel(string kernel, bool changed)
    {
        SyntheticRun[] baseline = [.. Sides.Runs(10, SyntheticRun.Gemv, 400).Select(run => run.WithProbes(10).With("probe/mac/t2", SyntheticRun.Steady(700, 10, 0.004), "GMAC/s"))];
        SyntheticRun candidate = Sides.Runs(1, SyntheticRun.Gemv, 400, name: "c")[0].WithProbes(10).With("probe/mac/t2", SyntheticRun.Steady(350, 10, 0.004), "GMAC/s", kernel: kernel);
        ComparisonResult result = Sides.Compare(baseline, [candidate]);
        Assert.Equal(changed, result.Host.Changed);
        Assert.Equal(1, result.FamilySize);
    }

    [Fact]
    public void A_probe_that_the_baseline_lacks_or_measured_by_another_definition_is_no_obstacle()
    {
        SyntheticRun[] baseline = [.. Sides.Runs(10, SyntheticRun.Gemv, 400).Select(run => run.WithProbes(10))];
        SyntheticRun candidate = Sides.Runs(1, SyntheticRun.Gemv, 400, name: "c")[0]
            .With(SyntheticRun.Control, SyntheticRun.Steady(20_000, 10, 0.002), definition: "control/1", digest: null, kernel: null)
            .With(SyntheticRun.Read, SyntheticRun.Steady(40, 10, 0.004), "GB/s", definition: "read/2", digest: null, kernel: null)
            .With("probe/mac/t2", SyntheticRun.Steady(700, 10, 0.004), "GMAC/s");
        ComparisonResult result = Sides.Compare(baseline, [candidate]);
        Assert.Equal(Verdict.Equivalent, result.Workloads.Single().Verdict);
        Assert.Empty(result.Missing);
        Assert.Empty(result.New);
        Assert.Equal([SyntheticRun.Control], result.Host.Checks.Select(check => check.Id));
    }

    [Fact]
    public void Nothing_passes_on_a_host_that_changed()
    {
        WorkloadComparison row = Compare(1, control: 1.06).Workloads.Single();
        Assert.Equal(Verdict.Undecided, row.Verdict);
        Assert.StartsWith("Refused, the host changed (probe/control/t1 +6.0 %)", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_regression_is_not_excused_by_a_host_that_changed_but_marked()
    {
        ComparisonResult result = Compare(1.10, control: 1.06);
        WorkloadComparison row = result.Workloads.Single();
        Assert.Equal((Verdict.Regressed, 1), (row.Verdict, result.ExitCode));
        Assert.Contains("Marked: the host changed", row.Reason, StringComparison.Ordinal);
        Assert.Equal(1.10, row.Ratio!.Value, 1e-3);
    }

    [Fact]
    public void A_move_within_the_threshold_or_within_noise_is_none()
    {
        Assert.False(Compare(1, control: 1.02).Host.Changed);
        double[] wild = [17_000, 26_000, 19_000, 24_000];
        SyntheticRun Noisy(string name, double factor) =>
            new SyntheticRun(name).With(SyntheticRun.Gemv, [400, 401]).With(SyntheticRun.Control, [.. wild.Select(v => v * factor)], digest: null);
        Assert.False(Sides.Compare(Noisy("a", 1), Noisy("b", 1.1)).Host.Changed);
    }

    [Fact]
    public void Without_a_control_kernel_the_comparison_says_that_the_host_went_unchecked()
    {
        ComparisonResult result = Sides.Compare(new SyntheticRun("a").With(SyntheticRun.Gemv, [400, 401]), new SyntheticRun("b").With(SyntheticRun.Gemv, [400, 401]));
        Assert.Null(result.Host.ControlRatio);
        Assert.Contains(result.Warnings, w => w.Code == "host-unchecked");
    }
}
