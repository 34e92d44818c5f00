using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class CalibrationTests
{
    private const string Class = "kernel/gemv/cold/t2";

    /// <summary>Of the synthetic runs' host, without any class.</summary>
    internal static Calibration Empty { get; } = new()
    {
        Schema = Calibration.CurrentSchema,
        HostKey = SyntheticRun.HostKey,
        CreatedUtc = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero),
        Commit = null,
        Dirty = null,
        ElapsedSeconds = 3600,
        Runs = [],
        FamilySize = 1,
        Classes = [],
        FalseAlarms = [new FalseAlarmCount("baseline", 24, 0, 0.1173, 20, 0.01, [])],
    };

    private static Calibration Known(double deviation, int degrees = 9) => Empty with
    {
        Classes = [new CalibratedClass(Class, deviation, degrees, 0.01, [], [new CalibratedWorkload(SyntheticRun.Gemv, deviation, 0.01)])],
    };

    private static ReceiptSource Run(string name, double middle, Func<SyntheticRun, SyntheticRun>? change = null)
    {
        SyntheticRun run = new SyntheticRun(name).With(SyntheticRun.Gemv, SyntheticRun.Steady(middle, 4, 0.01)).WithProbes(4);
        return new ReceiptSource($"{name}.json", (change?.Invoke(run) ?? run).Build());
    }

    private static ComparisonResult Compare(Calibration? calibration, double[] baseline, double candidate) => BaselineComparison.Compare(
        SideOfRuns.Baseline(baseline.Select((middle, i) => Run($"b{i}", middle))), SideOfRuns.Candidate([Run("c", candidate)]), new ComparisonOptions { Calibration = calibration });

    private static RunNoise NoiseOf(ComparisonResult result) => result.Workloads[0].Detail!.Evidence!.Noise;

    // Launches alternate by 1 % around the run's middle: s² = 4·10⁻⁴/3, of which a quarter is in the square of a run's mean.
    [Fact]
    public void Noise_between_runs_is_what_the_launches_do_not_explain_on_one_degree_of_freedom_less_than_runs()
    {
        double[] logs = [0, 0.03, -0.03, 0.02, -0.02, 0.01];
        Calibration calibration = CalibrationEstimate.Of([.. logs.Select((log, i) => Run($"r{i}", 1000 * Math.Exp(log)))], [], new ComparisonOptions(), DateTimeOffset.UtcNow);
        CalibratedClass gemv = Assert.Single(calibration.Classes, c => c.Name == Class);
        double mean = logs.Average(), variance = logs.Sum(x => (x - mean) * (x - mean)) / 5, launches = 4e-4 / 3;
        Assert.Equal(5, gemv.DegreesOfFreedom);
        Assert.Equal(Math.Sqrt(launches), gemv.LaunchDeviation!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(variance - launches / 4), gemv.RunDeviation, 1e-12);
        Assert.Equal(gemv.RunDeviation, Assert.Single(gemv.Workloads).RunDeviation, 1e-12);
        // More stored runs find less; both shapes are named.
        Assert.Equal([(1, 4), (6, 4)], gemv.Detectable.Select(d => (d.BaselineRuns, d.Launches)));
        Assert.True(gemv.Detectable[1].Slowdown < gemv.Detectable[0].Slowdown);
        Assert.Equal(1, calibration.FamilySize);
        Assert.Equal(6, calibration.Runs.Count);
    }

    [Fact]
    public void Every_run_is_compared_with_those_before_it_and_alarms_are_counted_with_their_limit()
    {
        FalseAlarmCount quiet = Assert.Single(CalibrationEstimate.Of([.. Enumerable.Range(0, 6).Select(i => Run($"r{i}", 1000))], [], new ComparisonOptions(), DateTimeOffset.UtcNow).FalseAlarms);
        Assert.Equal(("baseline", 5, 0, 0.01), (quiet.Method, quiet.Comparisons, quiet.Alarmed, quiet.FamilyErrorRate));
        Assert.Equal(1 - Math.Pow(0.05, 0.2), quiet.Limit, 1e-9);
        Assert.Equal(6, quiet.Receipts.Count);
        // The last of these is three times as slow: with 5 % assumed between runs no chance.
        Calibration loud = CalibrationEstimate.Of([.. Enumerable.Range(0, 6).Select(i => Run($"r{i}", i == 5 ? 3000 : 1000))], [], new ComparisonOptions(), DateTimeOffset.UtcNow);
        Assert.Equal(1, Assert.Single(loud.FalseAlarms).Alarmed);
    }

    [Fact]
    public void What_lets_a_comparison_pass_all_the_same_changes_no_count()
    {
        ReceiptSource[] runs = [.. Enumerable.Range(0, 6).Select(i => Run($"r{i}", i == 5 ? 3000 : 1000))];
        FalseAlarmCount strict = Assert.Single(CalibrationEstimate.Of(runs, [], new ComparisonOptions(), DateTimeOffset.UtcNow).FalseAlarms);
        var lenient = new ComparisonOptions
        {
            AllowUndecided = true,
            Acceptances = [new Acceptance { Workloads = "**", Reason = "known", Expires = DateOnly.MaxValue, Max = 5, AcceptedUtc = DateTimeOffset.UnixEpoch }],
            Calibration = Known(0.01),
        };
        FalseAlarmCount counted = Assert.Single(CalibrationEstimate.Of(runs, [], lenient, DateTimeOffset.UtcNow).FalseAlarms);
        Assert.Equal((1, strict.Passed, strict.Limit), (counted.Alarmed, counted.Passed, counted.Limit));
        Assert.InRange(strict.Passed, 0, 3);
    }

    [Fact]
    public void What_it_makes_verifies_once_it_is_sealed()
    {
        Calibration calibration = CalibrationEstimate.Of([.. Enumerable.Range(0, 5).Select(i => Run($"r{i}", 1000 + i))], [], new ComparisonOptions(), DateTimeOffset.UtcNow);
        Assert.Empty(CalibrationVerification.Verify(calibration with { Digest = CalibrationFile.ComputeDigest(calibration) }));
    }

    [Fact]
    public void Too_few_runs_other_builds_and_other_hosts_are_refused()
    {
        ReceiptSource[] runs = [.. Enumerable.Range(0, 5).Select(i => Run($"r{i}", 1000))];
        Refused("4 runs; a calibration takes at least 5", runs[..4]);
        Refused("x.json: another build than r0.json", [.. runs[..4], Other(new SyntheticRun("x") { Commit = new string('b', 40) })]);
        Refused("x.json: another build than r0.json", [.. runs[..4], Extra(runs[4])]);
        Refused("x.json: host key", [.. runs[..4], Other(new SyntheticRun("x") { Host = "intel-f6m158s10-4c-avx2-linux-net10-16gb" })]);

        static ReceiptSource Other(SyntheticRun run) => new("x.json", run.With(SyntheticRun.Gemv, [1000, 1001]).Build());
        static ReceiptSource Extra(ReceiptSource run) => new("x.json", run.Receipt with { Build = run.Receipt.Build with { ExtraKernelWork = 5 } });
        static void Refused(string message, ReceiptSource[] runs) => Assert.StartsWith(message,
            Assert.Throws<ComparisonInputException>(() => CalibrationEstimate.Of(runs, [], new ComparisonOptions(), DateTimeOffset.UtcNow)).Message);
    }

    [Fact]
    public void Both_sides_of_a_pair_are_of_the_same_build_as_the_runs()
    {
        ReceiptSource[] runs = [.. Enumerable.Range(0, 5).Select(i => Run($"r{i}", 1000))];
        ReceiptSource other = new("x.json", runs[0].Receipt with { Build = runs[0].Receipt.Build with { Dirty = true } });
        Assert.StartsWith("x.json: another build than r0.json", Assert.Throws<ComparisonInputException>(
            () => CalibrationEstimate.Of(runs, [(runs[0], other)], new ComparisonOptions(), DateTimeOffset.UtcNow)).Message);
    }

    [Fact]
    public void Where_runs_are_too_few_the_calibrated_noise_takes_the_place_of_the_assumed_5_percent()
    {
        ComparisonResult assumed = Compare(null, [1000], 1010), calibrated = Compare(Known(0.01), [1000], 1010);
        Assert.Equal(new RunNoise(0.01, 9, Assumed: false) { Calibrated = true }, NoiseOf(calibrated));
        Assert.True(calibrated.Workloads[0].Mde < assumed.Workloads[0].Mde / 2);
        Assert.Contains("noise between runs 1 %, calibrated on 9 degrees of freedom", calibrated.Workloads[0].Reason);
        Assert.Contains(assumed.Warnings, warning => warning.Code == "run-noise-assumed");
        Assert.DoesNotContain(calibrated.Warnings, warning => warning.Code is "run-noise-assumed" or "not-calibrated");
        Assert.Equal((false, true), (assumed.Host.Calibrated, calibrated.Host.Calibrated));
    }

    // σ² = (9·0.01² + 1·(own − launches' part)) / 10, own from two baseline runs 1 % apart.
    [Fact]
    public void A_few_runs_are_taken_together_with_the_calibration()
    {
        RunNoise noise = NoiseOf(Compare(Known(0.01), [1000, 1000 * Math.Exp(0.01)], 1000));
        Assert.Equal(10, noise.DegreesOfFreedom);
        Assert.Equal(Math.Sqrt((9e-4 + 0.5e-4 - 4e-4 / 3 / 4) / 10), noise.Deviation, 1e-9);
        Assert.True(noise.Calibrated);
    }

    [Fact]
    public void Runs_that_the_calibration_was_made_of_do_not_count_twice()
    {
        Receipt shared = Run("b1", 1000).Receipt;
        Calibration made = Known(0.01) with { Runs = [new CalibrationRun(shared.Run, "sha256:" + new string('0', 64), shared.CreatedUtc, 4)] };
        RunNoise noise = NoiseOf(Compare(made, [1000, 1000 * Math.Exp(0.01)], 1000));
        Assert.Equal((0.01, 9.0, true), (noise.Deviation, noise.DegreesOfFreedom, noise.Calibrated));
        // What contradicts it is believed all the same.
        Assert.False(NoiseOf(Compare(made with { Classes = Known(0.002).Classes }, [1000, 1500], 1000)).Calibrated);
    }

    [Theory]
    [InlineData(0.01, 59, 0.01, false)]
    [InlineData(0.01, 61, 0.05, true)]
    [InlineData(0.01, -61, 0.05, true)]
    [InlineData(0.08, 61, 0.08, false)]
    public void Over_a_longer_time_than_it_spans_the_assumption_stands_unless_the_calibration_knows_more_noise(double deviation, double minutesLater, double used, bool assumed)
    {
        WorkloadComparison gemv = After(Known(deviation), minutesLater).Workloads[0];
        RunNoise noise = gemv.Detail!.Evidence!.Noise;
        Assert.Equal((used, assumed, !assumed), (noise.Deviation, noise.Assumed, noise.Calibrated));
        Assert.Equal(assumed, gemv.Reason.Contains("the sides lie further apart in time than the calibration spans", StringComparison.Ordinal));
    }

    [Fact]
    public void Probes_are_held_against_their_calibrated_noise_however_far_apart()
    {
        CalibratedWorkload control = new(SyntheticRun.Control, 0.02, 0.01);
        Calibration known = Known(0.01) with { Classes = [new CalibratedClass(RunNoise.ClassOf(control.Id), 0.02, 9, 0.01, [], [control])] };
        double near = Margin(After(known, 59)), far = Margin(After(known, 61));
        Assert.Equal(near, far, 1e-12);
        Assert.True(far > Margin(After(Empty, 61)) + 0.01);

        static double Margin(ComparisonResult result) => result.Host.Checks.Single(check => check.Id == SyntheticRun.Control).Margin;
    }

    /// <summary>One run against one, the candidate's written so many minutes later; the calibration spans an hour.</summary>
    private static ComparisonResult After(Calibration calibration, double minutes)
    {
        ReceiptSource candidate = Run("c", 1010);
        return BaselineComparison.Compare(
            SideOfRuns.Baseline([Run("b", 1000)]), SideOfRuns.Candidate([candidate with { Receipt = candidate.Receipt with { CreatedUtc = candidate.Receipt.CreatedUtc.AddMinutes(minutes) } }]),
            new ComparisonOptions { Calibration = calibration });
    }

    [Fact]
    public void Enough_runs_speak_for_themselves()
    {
        RunNoise noise = NoiseOf(Compare(Known(0.001), [1000, 1040, 960, 1020, 980], 1000));
        Assert.Equal((4, false), (noise.DegreesOfFreedom, noise.Calibrated));
    }

    [Fact]
    public void Runs_that_contradict_the_calibration_are_believed_in_its_place()
    {
        RunNoise noise = NoiseOf(Compare(Known(0.002), [1000, 1500], 1000));
        Assert.Equal((1, false), (noise.DegreesOfFreedom, noise.Calibrated));
        Assert.True(noise.Deviation > 0.1);
    }

    [Fact]
    public void A_calibration_of_another_host_or_class_or_of_too_few_runs_is_not_used()
    {
        Assert.False(Compare(Known(0.01) with { HostKey = "intel-f6m158s10-4c-avx2-linux-net10-16gb" }, [1000], 1000).Host.Calibrated);
        Assert.True(NoiseOf(Compare(Known(0.01, degrees: 3), [1000], 1000)).Assumed);
        Assert.True(NoiseOf(Compare(Empty, [1000], 1000)).Assumed);
    }

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    public void Reports_quote_it_or_say_that_there_is_none(ReportFormat format)
    {
        SideOfRuns candidate = SideOfRuns.Candidate([Run("c", 1000)]);
        Assert.Contains("A/A on this host: 0 of 24 alarmed, at most 11.7 % (95 %)", Report.Render(format, candidate, Compare(Known(0.01), [1000], 1000)).Text);
        Assert.Contains("A/A noise of this host never measured", Report.Render(format, candidate, Compare(null, [1000], 1000)).Text);
    }

    [Fact]
    public void It_is_quoted_with_its_bound_and_a_method_never_tried_is_named()
    {
        Assert.Equal("A/A on this host: 0 of 24 alarmed, at most 11.7 % (95 %)", CalibrationQuote.Of(Empty, "baseline"));
        Assert.Equal("A/A of pairs on this host: never measured", CalibrationQuote.Of(Empty, "paired"));
    }
}
