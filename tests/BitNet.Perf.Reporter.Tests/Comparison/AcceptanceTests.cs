using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class AcceptanceTests
{
    private const string Id = SyntheticRun.Gemv;
    private static readonly DateOnly Day = new(2026, 3, 1);

    private static Acceptance Accept(string workloads = "kernel/gemv/**", double max = 0.1, string? hostKey = null, int days = 0) => new()
    {
        Workloads = workloads,
        Reason = "exact rounding",
        Expires = Day.AddDays(days),
        Max = max,
        HostKey = hostKey,
        AcceptedUtc = DateTimeOffset.UnixEpoch,
    };

    private static ComparisonResult Compare(double factor, params Acceptance[] acceptances) =>
        Sides.Compare(Sides.Runs(10, Id, 400), Sides.Runs(1, Id, 400 * factor, name: "c"), new ComparisonOptions { Acceptances = acceptances, Today = Day });

    [Fact]
    public void A_covered_regression_stays_one_but_passes_with_reason_size_and_day()
    {
        ComparisonResult result = Compare(1.08, Accept());
        WorkloadComparison row = result.Workloads.Single();
        Assert.Equal((Verdict.Regressed, "exact rounding (up to 10 %, until 2026-03-01, kernel/gemv/**)"), (row.Verdict, row.Accepted));
        Assert.Equal((GateOutcome.Passed, 1, 1), (result.ExitCode, result.Counts.Accepted, result.Counts.Regressed));
        Assert.Empty(GateOutcome.Failures(result));
        Assert.Contains("\"accepted\": \"exact rounding (up to 10 %", ComparisonJson.Format(result), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_shown_in_the_terminal_and_in_reports_and_the_head_line_counts_it_apart()
    {
        ComparisonResult result = Compare(1.08, Accept());
        string text = ComparisonText.Render(result, new ComparisonTextOptions());
        Assert.StartsWith("✗ 1 regressed, accepted ", text, StringComparison.Ordinal);
        Assert.Contains("accepted: exact rounding (up to 10 %", text, StringComparison.Ordinal);
        Assert.DoesNotContain("REGRESSED", text, StringComparison.Ordinal);
        SideOfRuns candidate = SideOfRuns.Candidate(Sides.Runs(1, Id, 432, name: "c").Select(run => new ReceiptSource("c.json", run.Build())));
        foreach (ReportFormat format in new[] { ReportFormat.Markdown, ReportFormat.Html })
        {
            string report = Report.Render(format, candidate, result).Text;
            Assert.Contains("no regression in 1", report, StringComparison.Ordinal);
            Assert.Contains("0 regressed", report, StringComparison.Ordinal);
            Assert.Contains("exact rounding (up to 10 %", report, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("<failure", Report.Render(ReportFormat.JUnit, candidate, result).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_after_its_last_it_fails_again_and_says_so()
    {
        ComparisonResult result = Compare(1.08, Accept(days: -1));
        Assert.Equal((GateOutcome.Regressed, 0), (result.ExitCode, result.Counts.Accepted));
        Assert.Contains("The acceptance of kernel/gemv/** \"exact rounding\" expired on 2026-02-28.", result.Workloads.Single().Reason, StringComparison.Ordinal);
        Assert.Contains("2026-02-28.", ComparisonText.Render(result, new ComparisonTextOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_its_size_it_fails_again_and_says_so()
    {
        ComparisonResult result = Compare(1.08, Accept(max: 0.05));
        Assert.Equal(GateOutcome.Regressed, result.ExitCode);
        Assert.EndsWith("is exceeded: +8.0 %, accepted are 5 %.", result.Workloads.Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_valid_acceptance_of_several_is_enough()
    {
        ComparisonResult result = Compare(1.08, Accept(days: -1), Accept("kernel/**"), Accept(max: 0.05));
        Assert.Equal(GateOutcome.Passed, result.ExitCode);
        Assert.Contains("kernel/**", result.Workloads.Single().Accepted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kernel/gemm/**", null)]
    [InlineData("kernel/*", null)]
    [InlineData("**", "server-7")]
    public void Other_workloads_and_other_hosts_are_not_covered(string workloads, string? hostKey)
    {
        WorkloadComparison row = Compare(1.08, Accept(workloads, hostKey: hostKey)).Workloads.Single();
        Assert.Null(row.Accepted);
        Assert.DoesNotContain("acceptance", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void On_its_own_host_it_holds() => Assert.Equal(GateOutcome.Passed, Compare(1.08, Accept(hostKey: SyntheticRun.HostKey)).ExitCode);

    [Fact]
    public void Without_a_day_to_hold_them_against_none_holds()
    {
        var options = new ComparisonOptions { Acceptances = [Accept(days: 1000)] };
        Assert.Equal(GateOutcome.Regressed, Sides.Compare(Sides.Runs(10, Id, 400), Sides.Runs(1, Id, 440, name: "c"), options).ExitCode);
    }

    [Fact]
    public void A_wrong_result_is_never_covered()
    {
        ComparisonResult result = Sides.Compare(
            [new SyntheticRun("b").With(Id, SyntheticRun.Steady(400, 8, 0.001))], [new SyntheticRun("c").With(Id, SyntheticRun.Steady(400, 8, 0.001), digest: "sha256:d2")],
            new ComparisonOptions { Acceptances = [Accept("**")], Today = Day });
        Assert.Equal((GateOutcome.WrongResult, 0), (result.ExitCode, result.Counts.Accepted));
    }

    [Theory]
    [InlineData(1000, 1050, GateOutcome.Passed)]
    [InlineData(1000, 1200, GateOutcome.Regressed)]
    [InlineData(0, 8, GateOutcome.Regressed)]
    public void Allocated_bytes_may_grow_as_far_as_accepted_and_never_from_nothing(double before, double after, int exitCode)
    {
        ComparisonResult result = Sides.Compare(
            [.. Enumerable.Range(0, 10).Select(i => new SyntheticRun($"b{i}").With(Id, SyntheticRun.Steady(400, 8, 0.001), allocated: before))],
            [new SyntheticRun("c").With(Id, SyntheticRun.Steady(400, 8, 0.001), allocated: after)],
            new ComparisonOptions { Acceptances = [Accept(max: 0.05)], Today = Day });
        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public void Improvements_are_listed_for_review_everywhere()
    {
        ComparisonResult result = Compare(1 / 1.2);
        Assert.Equal(GateOutcome.Passed, result.ExitCode);
        Assert.Contains("1 improved: for review.", ComparisonText.Render(result, new ComparisonTextOptions()), StringComparison.Ordinal);
        SideOfRuns candidate = SideOfRuns.Candidate(Sides.Runs(1, Id, 333, name: "c").Select(run => new ReceiptSource("c.json", run.Build())));
        Assert.Contains("1 improved, for review.", Report.Render(ReportFormat.Markdown, candidate, result).Text, StringComparison.Ordinal);
        Assert.Contains("1 improved, for review.", Report.Render(ReportFormat.Html, candidate, result).Text, StringComparison.Ordinal);
        Assert.Contains(NextSteps.Of(result, "gate"), step => step.Command.Contains("baseline publish", StringComparison.Ordinal));
    }
}
