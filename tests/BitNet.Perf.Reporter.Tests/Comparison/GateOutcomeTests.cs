using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class GateOutcomeTests
{
    private static WorkloadComparison Row(Verdict verdict, bool? match = true, string? accepted = null) => new()
    {
        Id = "x",
        Metric = ComparedMetric.Time,
        Unit = "ns",
        Better = Better.Lower,
        Verdict = verdict,
        Baseline = new SideValue(1, 1),
        Candidate = new SideValue(1, 1),
        Threshold = 0.03,
        ResultMatch = match,
        Accepted = accepted,
        Reason = "r",
    };

    private static int Code(int missing, params WorkloadComparison[] rows) => GateOutcome.Of(rows, missing, allowUndecided: false).ExitCode;

    [Fact]
    public void The_first_of_5_1_3_2_0_that_holds_is_returned()
    {
        WorkloadComparison wrong = Row(Verdict.Incomparable, match: false), regressed = Row(Verdict.Regressed), incomparable = Row(Verdict.Incomparable, match: null),
            undecided = Row(Verdict.Undecided), equivalent = Row(Verdict.Equivalent);
        Assert.Equal(5, Code(1, equivalent, undecided, incomparable, regressed, wrong));
        Assert.Equal(1, Code(1, equivalent, undecided, incomparable, regressed));
        Assert.Equal(3, Code(0, equivalent, undecided, incomparable));
        Assert.Equal(3, Code(1, equivalent, undecided));
        Assert.Equal(2, Code(0, equivalent, undecided));
        Assert.Equal(0, Code(0, equivalent, Row(Verdict.Improved), Row(Verdict.NotSlower)));
        Assert.Equal(3, Code(0));
    }

    [Fact]
    public void An_accepted_regression_does_not_fail() => Assert.Equal(0, Code(0, Row(Verdict.Regressed, accepted: "reason, expires 2026-03-01")));

    [Fact]
    public void Undecided_may_be_allowed() => Assert.Equal(0, GateOutcome.Of([Row(Verdict.Undecided)], 0, allowUndecided: true).ExitCode);

    [Theory]
    [InlineData(Verdict.Equivalent)]
    [InlineData(Verdict.NotSlower)]
    [InlineData(Verdict.Improved)]
    [InlineData(Verdict.Undecided)]
    [InlineData(Verdict.Regressed)]
    public void The_overall_verdict_is_the_most_remarkable(Verdict verdict) =>
        Assert.Equal(verdict, GateOutcome.Of([Row(Verdict.Equivalent), Row(verdict)], 0, allowUndecided: false).Verdict);
}
