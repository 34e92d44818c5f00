using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

/// <summary>Receipts of runs that measured on, held against stored runs.</summary>
public class LaunchLooksTests
{
    private const string Id = SyntheticRun.Gemv, Other = SyntheticRun.Small;

    private static readonly DeclaredLook[] Looks = [new(8, 0.8), new(16, 0.2)];

    private static SyntheticRun[] Baseline() =>
        [.. Enumerable.Range(0, 10).Select(i => new SyntheticRun($"b{i}")
            .With(Id, SyntheticRun.Steady(400 * (1 + 0.001 * (i % 2)), 8, 0.002)).With(Other, SyntheticRun.Steady(400 * (1 + 0.001 * (i % 2)), 8, 0.002)))];

    /// <summary>The first workload measured in so many launches, the other in eight.</summary>
    private static SyntheticRun Candidate(double[] launches, string run = "c", DeclaredLook[]? looks = null) =>
        new SyntheticRun(run) { Looks = looks ?? Looks }.With(Id, launches).With(Other, SyntheticRun.Steady(400, 8, 0.002));

    private static WorkloadComparison Row(ComparisonResult result, string id = Id) => result.Workloads.Single(row => row.Id == id);

    [Fact]
    public void Each_row_is_judged_at_the_last_look_that_measured_it()
    {
        ComparisonResult result = Sides.Compare(Baseline(), [Candidate(SyntheticRun.Steady(404, 16, 0.01))]);
        Assert.Equal((2, 2), (result.Looks, result.Look));
        Assert.Equal((16, 8), (Row(result).Candidate.Launches, Row(result, Other).Candidate.Launches));
        Assert.EndsWith("; look 2 of 2.", Row(result).Reason, StringComparison.Ordinal);
        Assert.Contains("98 % interval", Row(result).Reason, StringComparison.Ordinal);
        Assert.EndsWith("; look 1 of 2.", Row(result, Other).Reason, StringComparison.Ordinal);
        Assert.StartsWith("92 % interval", Row(result, Other).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_takes_place_at_its_declared_number_of_launches_and_at_no_other()
    {
        double[] launches = SyntheticRun.Steady(404, 16, 0.01);
        WorkloadComparison cut = Row(Sides.Compare(Baseline(), [Candidate(launches[..15])])), first = Row(Sides.Compare(Baseline(), [Candidate(launches[..8])]));
        Assert.Equal((8, first.Ratio, first.Reason), (cut.Candidate.Launches, cut.Ratio, cut.Reason));
    }

    // Bonferroni over the workloads of the first look and the share of each look; the least of both counts.
    [Fact]
    public void The_adjusted_p_is_the_least_over_the_looks_of_p_times_workloads_by_share()
    {
        double[] launches = [.. SyntheticRun.Steady(430, 8, 0.02), .. SyntheticRun.Steady(402, 8, 0.02)];
        double first = Row(Sides.Compare(Baseline(), [Candidate(launches[..8])])).P!.Value, second = Row(Sides.Compare(Baseline(), [Candidate(launches)])).P!.Value;
        Assert.True(second > first, "the later launches take back what the first ones showed");
        WorkloadComparison row = Row(Sides.Compare(Baseline(), [Candidate(launches)]));
        Assert.Equal(Math.Min(first * 2 / 0.8, second * 2 / 0.2), row.PAdjusted!.Value, 1e-9 * row.PAdjusted.Value);
        Assert.Equal(first * 2 / 0.8, row.PAdjusted.Value, 1e-9 * row.PAdjusted.Value);
    }

    [Fact]
    public void A_single_declared_look_is_judged_as_a_run_without()
    {
        double[] launches = SyntheticRun.Steady(404, 8, 0.01);
        WorkloadComparison declared = Row(Sides.Compare(Baseline(), [Candidate(launches, looks: [new(8, 1)])]));
        WorkloadComparison plain = Row(Sides.Compare(Baseline(), [new SyntheticRun("c").With(Id, launches).With(Other, SyntheticRun.Steady(400, 8, 0.002))]));
        Assert.Equal((plain.PAdjusted, plain.Verdict, plain.Reason), (declared.PAdjusted, declared.Verdict, declared.Reason));
    }

    // They were made because of what the others showed: as a sample of the build they lean.
    [Fact]
    public void As_a_baseline_or_beside_another_run_only_launches_up_to_the_first_look_count_and_a_warning_says_so()
    {
        double[] launches = [.. SyntheticRun.Steady(400, 8, 0.01), .. SyntheticRun.Steady(500, 8, 0.01)];
        ComparisonResult asBaseline = Sides.Compare([Candidate(launches)], [new SyntheticRun("d").With(Id, SyntheticRun.Steady(400, 8, 0.01))]);
        Assert.Equal((8, 1.0), (Row(asBaseline).Baseline.Launches, Math.Round(Row(asBaseline).Ratio!.Value, 9)));
        Assert.Equal("baseline: 1 of 1 runs measured on where a verdict was open; only their launches up to the first look count here",
            asBaseline.Warnings.Single(w => w.Code == "launches-set-aside").Message);
        ComparisonResult several = Sides.Compare(Baseline(), [Candidate(launches), Candidate(SyntheticRun.Steady(400, 8, 0.01), "c2")]);
        Assert.Equal((1, 16), (several.Looks, Row(several).Candidate.Launches));
        Assert.StartsWith("candidate: 1 of 2 runs", several.Warnings.Single(w => w.Code == "launches-set-aside").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Sides.Compare(Baseline(), [Candidate(launches)]).Warnings, w => w.Code == "launches-set-aside");
    }

    [Fact]
    public void Open_are_the_undecided_rows_that_launches_could_decide_the_suspicious_first()
    {
        SyntheticRun[] baseline = [.. Baseline().Select(run => run.With(SyntheticRun.Decode, SyntheticRun.Steady(40, 8, 0.002), "tok/s"))];
        SyntheticRun candidate = new SyntheticRun("c") { Looks = Looks }
            .With(Id, SyntheticRun.Steady(402, 8, 0.05)).With(Other, SyntheticRun.Steady(428, 8, 0.05)).With(SyntheticRun.Decode, SyntheticRun.Steady(40, 8, 0.002), "tok/s");
        var open = OpenWorkloads.Of(Sides.Compare(baseline, [candidate]));
        Assert.Equal([(Other, true, "suspicious, +6.9 %"), (Id, false, "undecided, +0.4 %")], open.ByLaunches.Select(o => (o.Id, o.Suspicious, o.Why)));
        Assert.All(open.ByLaunches, o => Assert.InRange(o.LaunchesNeeded, 1, MoreEvidence.MostLaunches));
        Assert.Empty(open.ByRuns);
    }
}
