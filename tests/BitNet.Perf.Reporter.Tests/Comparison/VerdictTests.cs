using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class VerdictTests
{
    private const string Id = SyntheticRun.Gemv;

    // Ten quiet baseline runs: exact enough that every verdict of the table can be reached.
    private static WorkloadComparison Judged(double factor, string unit = "ns")
    {
        string id = unit == "tok/s" ? SyntheticRun.Decode : Id;
        double after = unit == "ns" ? 400 * factor : 400 / factor;
        return Sides.Compare(Sides.Runs(10, id, 400, unit: unit), Sides.Runs(1, id, after, unit: unit, name: "c")).Workloads.Single();
    }

    [Theory]
    [InlineData(1.08, Verdict.Regressed)]
    [InlineData(1 / 1.08, Verdict.Improved)]
    [InlineData(1.005, Verdict.Equivalent)]
    [InlineData(0.995, Verdict.Equivalent)]
    [InlineData(0.9735, Verdict.NotSlower)]
    [InlineData(1.0295, Verdict.Undecided)]
    public void The_verdict_is_that_of_the_table(double factor, Verdict expected)
    {
        WorkloadComparison row = Judged(factor);
        Assert.Equal(expected, row.Verdict);
        Assert.Equal(factor, row.Ratio!.Value, 1e-3);
        Assert.True(row.Interval90!.Value.Contains(row.Ratio.Value));
        Assert.True(row.Simultaneous!.Value.Lower < row.Interval90.Value.Lower);
        Assert.EndsWith(".", row.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ns")]
    [InlineData("tok/s")]
    [InlineData("GB/s")]
    public void A_ratio_is_a_cost_ratio_whatever_the_unit(string unit)
    {
        WorkloadComparison row = Judged(1.08, unit);
        Assert.Equal(1.08, row.Ratio!.Value, 1e-3);
        Assert.Equal(Verdict.Regressed, row.Verdict);
        Assert.Equal(unit == "ns" ? 1.08 : 1 / 1.08, row.Candidate.Value!.Value / row.Baseline.Value!.Value, 1e-3);
    }

    [Fact]
    public void The_ratio_is_exactly_the_quotient_of_the_two_values_shown()
    {
        var noise = new Noise(2);
        double[] Launches() => [.. noise.Normals(7).Select(z => 400 * Math.Exp(0.03 * z))];
        WorkloadComparison row = Sides.Compare(new SyntheticRun("a").With(Id, Launches()), new SyntheticRun("b").With(Id, Launches())).Workloads.Single();
        Assert.Equal(row.Candidate.Value!.Value / row.Baseline.Value!.Value, row.Ratio!.Value, 1e-12);
    }

    [Fact]
    public void Swapping_the_sides_mirrors_everything()
    {
        var noise = new Noise(4);
        double[] a = [.. noise.Normals(6).Select(z => 400 * Math.Exp(0.02 * z))], b = [.. noise.Normals(9).Select(z => 800 * Math.Exp(0.02 * z))];
        WorkloadComparison Row(double[] x, double[] y) => Sides.Compare(new SyntheticRun("a").With(Id, x), new SyntheticRun("b").With(Id, y)).Workloads.Single();
        WorkloadComparison forward = Row(a, b), backward = Row(b, a);
        Assert.Equal((Verdict.Regressed, Verdict.Improved), (forward.Verdict, backward.Verdict));
        Assert.Equal(1 / forward.Ratio!.Value, backward.Ratio!.Value, 1e-12);
        Assert.Equal(1 / forward.Interval90!.Value.Lower, backward.Interval90!.Value.Upper, 1e-12);
        Assert.Equal(forward.PAdjusted!.Value, backward.PAdjusted!.Value, 1e-15);
    }

    [Fact]
    public void Thresholds_go_by_the_first_pattern_that_covers_the_workload()
    {
        var options = new ComparisonOptions
        {
            Thresholds = [new ThresholdRule(new("kernel/gemv/**"), 0.1), new ThresholdRule(new("**"), 0.5)],
        };
        WorkloadComparison row = Sides.Compare(Sides.Runs(10, Id, 400), Sides.Runs(1, Id, 432, name: "c"), options).Workloads.Single();
        Assert.Equal(0.1, row.Threshold);
        Assert.Equal(Verdict.Equivalent, row.Verdict);
    }

    // docs/statistics.md: at σ_run 2 % and 50 workloads a slowdown must exceed 27 / 12 / 9 % with 5 / 10 / 20 baseline runs.
    [Theory]
    [InlineData(5, 27)]
    [InlineData(10, 12)]
    [InlineData(20, 9)]
    public void The_slowdown_that_can_be_called_is_the_one_the_documentation_gives(int runs, int percent)
    {
        var evidence = new Evidence([.. Enumerable.Repeat(10, runs)], [10], Launches: null, new RunNoise(0.02, runs - 1, Assumed: false));
        Assert.Equal(percent, Math.Round((Math.Exp(evidence.Error.Critical(0.01 / 50)) - 1) * 100));
    }

    [Fact]
    public void Noise_between_runs_is_estimated_from_runs_and_its_degrees_of_freedom_are_those_of_the_runs()
    {
        WorkloadComparison row = Sides.Compare(
            Sides.Runs(8, Id, 400, launches: 200, runDeviation: 0.015), Sides.Runs(1, Id, 400, launches: 200, name: "c")).Workloads.Single();
        RunNoise noise = row.Detail!.Evidence!.Noise;
        Assert.Equal(0.015, noise.Deviation, 1e-4);
        Assert.Equal((7.0, false), (noise.DegreesOfFreedom, noise.Assumed));
        Assert.Contains("estimated on 7 degrees of freedom", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void With_too_few_runs_five_percent_between_runs_is_assumed_and_said()
    {
        ComparisonResult result = Sides.Compare(Sides.Runs(4, Id, 400), Sides.Runs(1, Id, 400, name: "c"));
        Assert.Equal(0.05, result.Workloads.Single().Detail!.Evidence!.Noise.Deviation);
        Assert.Contains("5 % noise between runs is assumed (4 baseline runs, 1 candidate run): α holds only if it is no more", result.Workloads.Single().Reason, StringComparison.Ordinal);
        Assert.Contains(result.Warnings, w => w.Code == "run-noise-assumed" && w.Message.Contains("1 of 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Few_runs_that_differ_by_more_than_the_assumption_overrule_it()
    {
        WorkloadComparison row = Sides.Compare(Sides.Runs(3, Id, 400, runDeviation: 0.2), Sides.Runs(1, Id, 400, name: "c")).Workloads.Single();
        RunNoise noise = row.Detail!.Evidence!.Noise;
        Assert.Equal(0.2, noise.Deviation, 1e-3);
        Assert.Equal((2.0, false), (noise.DegreesOfFreedom, noise.Assumed));
        Assert.Contains("noise between runs 20 %, estimated on 2 degrees of freedom", row.Reason, StringComparison.Ordinal);
    }

    // On one degree of freedom the margin of a large suite is beyond any number; it must still be a document of JSON.
    [Fact]
    public void Figures_that_say_nothing_are_left_out()
    {
        WorkloadComparison row = Sides.Compare(Sides.Runs(2, Id, 400, runDeviation: 0.9), Sides.Runs(1, Id, 400, name: "c")).Workloads.Single();
        Assert.Equal(1, row.Detail!.Evidence!.Noise.DegreesOfFreedom);
        Assert.Equal((null, null), (row.Mde, row.Simultaneous));
        Assert.True(double.IsFinite(row.Interval90!.Value.Upper));
    }

    [Fact]
    public void One_launch_a_side_is_undecided_because_nothing_shows_its_noise()
    {
        WorkloadComparison row = Sides.Compare(new SyntheticRun("a").With(Id, [400]), new SyntheticRun("b").With(Id, [900])).Workloads.Single();
        Assert.Equal(Verdict.Undecided, row.Verdict);
        Assert.Null(row.P);
        Assert.Contains("single launch", row.Reason, StringComparison.Ordinal);
    }

    // Imported receipts are one launch each: with enough of them the runs show the noise, launches and all.
    [Fact]
    public void Runs_of_a_single_launch_are_judged_by_the_noise_between_them()
    {
        SyntheticRun[] baseline = Sides.Runs(8, Id, 400, launches: 1, runDeviation: 0.01, launchDeviation: 0);
        WorkloadComparison row = Sides.Compare(baseline, [new SyntheticRun("c").With(Id, [480])]).Workloads.Single();
        Assert.Equal(Verdict.Regressed, row.Verdict);
        Assert.Equal(0.01 * Math.Sqrt(1 + 1.0 / 8), row.Detail!.Evidence!.Error.StandardError, 1e-6);
    }

    [Fact]
    public void The_standard_error_is_the_one_documented()
    {
        double s = 0.03 * Math.Sqrt(6.0 / 5); // of six values at ±3 %
        WorkloadComparison row = Sides.Compare(
            new SyntheticRun("a").With(Id, SyntheticRun.Steady(400, 6, 0.03)), new SyntheticRun("b").With(Id, SyntheticRun.Steady(400, 6, 0.03))).Workloads.Single();
        Assert.Equal(Math.Sqrt(s * s * (1.0 / 6 + 1.0 / 6) + 0.05 * 0.05 * 2), row.Detail!.Evidence!.Error.StandardError, 1e-12);
    }

    // 20 quiet baseline runs of 10 and one noisy candidate run of 4: pooled, its noise would vanish among theirs.
    [Fact]
    public void A_noisy_candidate_does_not_borrow_the_quiet_of_a_large_baseline()
    {
        WorkloadComparison row = Sides.Compare(
            Sides.Runs(20, Id, 400, runDeviation: 0.001), [new SyntheticRun("c").With(Id, SyntheticRun.Steady(400, 4, 0.02))]).Workloads.Single();
        double s = 0.02 * Math.Sqrt(4.0 / 3);
        Assert.InRange(row.Detail!.Evidence!.Error.StandardError, s / 2, 1.2 * s / 2);
    }

    [Fact]
    public void The_launches_said_to_be_needed_do_decide_if_the_estimate_stays()
    {
        SyntheticRun[] baseline = Sides.Runs(20, Id, 400, runDeviation: 0.001);
        WorkloadComparison few = Sides.Compare(baseline, [new SyntheticRun("c").With(Id, SyntheticRun.Steady(408, 4, 0.02))]).Workloads.Single();
        Assert.Equal(Verdict.Undecided, few.Verdict);
        int needed = few.LaunchesNeeded!.Value;
        Assert.Contains($"about {needed} more launches would decide", few.Reason, StringComparison.Ordinal);
        Evidence evidence = few.Detail!.Evidence!;
        Assert.True(VerdictRule.IsDecisive(Math.Log(few.Ratio!.Value), evidence.WithLaunches(needed).Error, 0.01, 0.03));
        Assert.False(VerdictRule.IsDecisive(Math.Log(few.Ratio!.Value), evidence.WithLaunches(needed - 1).Error, 0.01, 0.03));
    }

    // What more launches would bring is foretold by the rules that will judge them: four against twelve are not pooled.
    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 12)]
    [InlineData(10, 12)]
    public void Foretold_errors_are_those_found_when_the_launches_are_there(int before, int after)
    {
        Evidence Found(int launches) => Sides.Compare(new SyntheticRun("a").With(Id, SyntheticRun.Steady(400, before, 0.02)),
            new SyntheticRun("b").With(Id, SyntheticRun.Steady(400, launches, 0.02))).Workloads.Single().Detail!.Evidence!;
        Evidence foretold = Found(before).WithLaunches(after - before), found = Found(after);
        Assert.Equal(found.Launches!.Pooled, foretold.Launches!.Pooled);
        // The variance of ±2 % itself is estimated with n − 1, hence the tolerance.
        Assert.Equal(1, foretold.Error.Critical(0.001) / found.Error.Critical(0.001), 0.1);
    }

    [Fact]
    public void Where_noise_between_runs_is_in_the_way_runs_are_asked_for_not_launches()
    {
        WorkloadComparison row = Sides.Compare(new SyntheticRun("a").With(Id, SyntheticRun.Steady(400, 10, 0.005)),
            new SyntheticRun("b").With(Id, SyntheticRun.Steady(400, 10, 0.005))).Workloads.Single();
        Assert.Null(row.LaunchesNeeded);
        Assert.Contains("no number of launches decides, run-to-run noise of 5 % (assumed) is in the way", row.Reason, StringComparison.Ordinal);
        Assert.Contains("runs on each side would", row.Reason, StringComparison.Ordinal);
    }
}
