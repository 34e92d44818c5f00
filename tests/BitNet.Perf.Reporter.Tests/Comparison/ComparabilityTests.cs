using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class ComparabilityTests
{
    private const string Id = SyntheticRun.Gemv;
    private static readonly double[] Launches = SyntheticRun.Steady(400, 6, 0.01);

    private static SyntheticRun Baseline => new SyntheticRun("b").With(Id, Launches).With(SyntheticRun.Decode, Launches, "tok/s");

    private static SyntheticRun Same(SyntheticRun run) => run.With(Id, Launches).With(SyntheticRun.Decode, Launches, "tok/s");

    public static TheoryData<string, string> Differences => new()
    {
        { "host", "Host key differs: amd-f25m17s1-2c-avx512-linux-net10-16gb / other-host" },
        { "protocol", "Worker protocol differs: 1 / 3" },
        { "debug", "Build configuration differs: Release / Debug" },
        { "tiers", "Tiered compilation differs: off / on" },
        { "definition", "Definition differs: d/1 / d/2" },
        { "unit", "Unit differs: ns / GB/s; metric differs: time / rate; better differs: lower / higher" },
        { "model", "Model SHA-256 differs: aaaaaaaaaaaa… (synthetic-2b.gguf) / bbbbbbbbbbbb… (synthetic-2b.gguf)" },
        { "shape", "Model shape differs: 30 layers, 2560 wide, FFN 6912, 20/5 heads of 128, vocabulary 128256, context 4096 / 2 layers, 2560 wide" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void What_differs_is_named_with_both_values_and_never_gets_a_percentage(string what, string expected)
    {
        SyntheticRun candidate = what switch
        {
            "host" => Same(new SyntheticRun("c") { Host = "other-host" }),
            "protocol" => Same(new SyntheticRun("c") { Protocol = 3 }),
            "debug" => Same(new SyntheticRun("c") { Configuration = "Debug" }),
            "tiers" => Same(new SyntheticRun("c") { Tiered = true }),
            "definition" => new SyntheticRun("c").With(Id, Launches, definition: "d/2").With(SyntheticRun.Decode, Launches, "tok/s"),
            "unit" => new SyntheticRun("c").With(Id, Launches, "GB/s").With(SyntheticRun.Decode, Launches, "tok/s"),
            "model" => Same(new SyntheticRun("c") { ModelSha256 = new('b', 64) }),
            _ => Same(new SyntheticRun("c") { ModelSha256 = new('b', 64), ModelLayers = 2 }),
        };
        ComparisonResult result = Sides.Compare(Baseline, candidate);
        WorkloadComparison row = result.Workloads.Single(w => w.Id == Id);
        Assert.Equal((3, Verdict.Incomparable), (result.ExitCode, row.Verdict));
        Assert.StartsWith(expected, row.Reason, StringComparison.Ordinal);
        Assert.Null(row.Ratio);
        Assert.Null(row.Baseline.Value);
        Assert.DoesNotContain('%', row.Reason);
        Assert.NotEqual(false, row.ResultMatch);
    }

    [Fact]
    public void Another_host_makes_every_workload_incomparable_and_is_said_once_for_all()
    {
        ComparisonResult result = Sides.Compare(Baseline, Same(new SyntheticRun("c") { Host = "other-host" }));
        Assert.Equal(2, result.Counts.Incomparable);
        Assert.Single(result.Obstacles);
        Assert.Single(result.Warnings, w => w.Code == "incomparable");
    }

    [Fact]
    public void A_baseline_of_two_hosts_is_incomparable_even_where_the_candidate_is_one_of_them()
    {
        ComparisonResult result = Sides.Compare([Baseline, Same(new SyntheticRun("b2") { Host = "other-host" })], [Same(new SyntheticRun("c"))]);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void Another_result_is_an_error_of_its_own_and_outranks_a_regression()
    {
        SyntheticRun candidate = new SyntheticRun("c")
            .With(Id, Launches, digest: "sha256:0123456789abcdef").With(SyntheticRun.Decode, [.. Launches.Select(v => v / 4)], "tok/s");
        ComparisonResult result = Sides.Compare(Baseline, candidate);
        WorkloadComparison row = result.Workloads.Single(w => w.Id == Id);
        Assert.Equal((false, Verdict.Incomparable, 5), (row.ResultMatch, row.Verdict, result.ExitCode));
        Assert.Equal("Wrong result, output digest differs: sha256:d1 / sha256:0123456789ab…: what was timed computes something else.", row.Reason);
        Assert.Equal(1, result.Counts.Regressed);
        Assert.Equal(["1 with another result", "1 regressed"], GateOutcome.Failures(result));
    }

    [Fact]
    public void The_file_name_of_the_same_model_does_not_matter()
    {
        Receipt renamed = Same(new SyntheticRun("c")).Build();
        renamed = renamed with { Model = renamed.Model! with { File = "renamed.gguf" }, Digest = "sha256:other" };
        ComparisonResult result = BaselineComparison.Compare(SideOfRuns.Baseline(Sides.Sources([Baseline], "b")),
            SideOfRuns.Candidate([new ReceiptSource("c.json", renamed)]), new ComparisonOptions());
        Assert.Equal(0, result.Counts.Incomparable);
    }

    [Fact]
    public void A_kernel_measured_without_a_model_may_stand_beside_one_measured_with_it_but_not_an_end_to_end_figure()
    {
        ComparisonResult result = Sides.Compare(Baseline, Same(new SyntheticRun("c") { WithModel = false }));
        Assert.NotEqual(Verdict.Incomparable, result.Workloads.Single(w => w.Id == Id).Verdict);
        Assert.Equal(Verdict.Incomparable, result.Workloads.Single(w => w.Id == SyntheticRun.Decode).Verdict);
    }

    [Fact]
    public void Without_digests_on_both_sides_the_match_is_unknown_and_said_to_be()
    {
        ComparisonResult result = Sides.Compare(Baseline, new SyntheticRun("c").With(Id, Launches, digest: null).With(SyntheticRun.Decode, Launches, "tok/s"));
        Assert.Null(result.Workloads.Single(w => w.Id == Id).ResultMatch);
        Assert.Contains(result.Warnings, w => w is { Code: "result-unchecked", Subject: Id });
    }

    [Fact]
    public void A_workload_missing_in_the_candidate_fails_and_a_new_one_is_listed_and_passes()
    {
        ComparisonResult result = Sides.Compare(Baseline, new SyntheticRun("c").With(Id, Launches).With(SyntheticRun.Small, Launches));
        Assert.Equal((3, 1, 1), (result.ExitCode, result.Counts.Missing, result.Counts.New));
        Assert.Equal([SyntheticRun.Decode], result.Missing);
        Assert.Equal([SyntheticRun.Small], result.New);
    }

    [Fact]
    public void What_the_candidates_filters_leave_out_is_not_missing()
    {
        ComparisonResult result = Sides.Compare(Baseline, new SyntheticRun("c") { Filters = ["kernel/gemv/**"] }.With(Id, Launches));
        Assert.Empty(result.Missing);
        Assert.NotEqual(3, result.ExitCode);
    }

    [Fact]
    public void A_caller_that_knows_the_suites_decides_what_can_be_missing()
    {
        var options = new ComparisonOptions { Selected = id => id.StartsWith("kernel/", StringComparison.Ordinal) };
        Assert.Empty(Sides.Compare(Baseline, new SyntheticRun("c").With(Id, Launches), options).Missing);
    }

    [Fact]
    public void A_comparison_of_nothing_never_passes()
    {
        ComparisonResult result = Sides.Compare(new SyntheticRun("b") { Filters = ["x"] }.WithProbes(3), new SyntheticRun("c") { Filters = ["x"] }.WithProbes(3));
        Assert.Equal((3, Verdict.Incomparable), (result.ExitCode, result.Verdict));
        Assert.Contains("nothing compared", GateOutcome.Failures(result));
    }

    [Fact]
    public void Settings_that_differ_in_any_run_are_warned_of_with_all_values()
    {
        ComparisonResult result = Sides.Compare(
            [Same(new SyntheticRun("a") { ForcedKernel = "i2s-avx2" }), Same(new SyntheticRun("b"))], [Same(new SyntheticRun("c"))]);
        Assert.Contains(result.Warnings, w => w is { Code: "settings-differ", Message: "forced kernel: baseline i2s-avx2 / none, candidate none" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_result_that_differed_in_a_launch_is_wrong_although_the_checked_ones_agree(bool inBaseline)
    {
        ReceiptWarning[] warnings = [new(WarningCodes.ResultDiffers, Id, "the output of launch 3 is not the one that was checked before timing")];
        ComparisonResult result = Sides.Compare(
            Same(new SyntheticRun("b") { Warnings = inBaseline ? warnings : [] }), Same(new SyntheticRun("c") { Warnings = inBaseline ? [] : warnings }));
        WorkloadComparison row = result.Workloads.Single(w => w.Id == Id);
        Assert.Equal((false, Verdict.Incomparable, 5), (row.ResultMatch, row.Verdict, result.ExitCode));
        Assert.Contains($"{(inBaseline ? "baseline" : "candidate")}: the output of launch 3", row.Reason, StringComparison.Ordinal);
        Assert.Null(row.Ratio);
    }

    [Fact]
    public void A_wrong_result_is_one_on_another_host_and_for_a_workload_the_baseline_does_not_have()
    {
        var candidate = new SyntheticRun("c") { Host = "other-host", Warnings = [new(WarningCodes.ResultDiffers, SyntheticRun.Small, "another output")] };
        ComparisonResult result = Sides.Compare(Baseline, Same(candidate).With(SyntheticRun.Small, Launches));
        Assert.Equal(5, result.ExitCode);
        Assert.Equal(false, result.Workloads.Single(w => w.Id == SyntheticRun.Small).ResultMatch);
    }

    [Fact]
    public void Another_kernel_is_warned_of_by_workload()
    {
        ComparisonResult result = Sides.Compare(Baseline, new SyntheticRun("c").With(Id, Launches, kernel: "i2s-avx2").With(SyntheticRun.Decode, Launches, "tok/s"));
        Assert.Contains(result.Warnings, w => w is { Code: "kernel-differs", Subject: Id, Message: "kernel: baseline i2s-avx512, candidate i2s-avx2" });
    }

    // Runs stored before workers described their own builds were timed in the same way.
    [Fact]
    public void Protocols_1_and_2_time_alike() =>
        Assert.Empty(Sides.Compare(new SyntheticRun("b").With(SyntheticRun.Gemv, [400, 401]), new SyntheticRun("c") { Protocol = 2 }.With(SyntheticRun.Gemv, [400, 401])).Obstacles);
}
