using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class SideOfRunsTests
{
    private static readonly Receipt One = new SyntheticRun("one").With(SyntheticRun.Gemv, [400, 401]).Build();

    private static ComparisonInputException Refused(Action action)
    {
        ComparisonInputException e = Assert.Throws<ComparisonInputException>(action);
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }

    [Fact]
    public void The_same_receipt_twice_on_a_side_is_refused_with_both_files()
    {
        ComparisonInputException e = Refused(() => SideOfRuns.Baseline([new("a.json", One), new("b.json", One)]));
        Assert.Equal(ComparisonInputFault.DuplicateReceipt, e.Fault);
        Assert.StartsWith("b.json: the same run as a.json (sha256:", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_receipt_on_both_sides_is_refused()
    {
        ComparisonInputException e = Refused(() => BaselineComparison.Compare(
            SideOfRuns.Baseline([new("a.json", One)]), SideOfRuns.Candidate([new("copy.json", One)]), new ComparisonOptions()));
        Assert.Equal(ComparisonInputFault.DuplicateReceipt, e.Fault);
    }

    [Fact]
    public void One_run_under_two_digests_is_still_one_run()
    {
        Receipt resealed = One with { Suite = "other", Digest = "sha256:x" };
        ComparisonInputException e = Refused(() => SideOfRuns.Baseline([new("a.json", One), new("b.json", resealed)]));
        Assert.Contains("(run one)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_is_refused_unless_allowed()
    {
        Receipt incomplete = One with { Status = RunStatus.Incomplete };
        ComparisonInputException e = Refused(() => SideOfRuns.Candidate([new("a.json", incomplete)]));
        Assert.Equal(ComparisonInputFault.IncompleteReceipt, e.Fault);
        Assert.Contains("--allow-incomplete", e.Message, StringComparison.Ordinal);
        Assert.Single(SideOfRuns.Candidate([new("a.json", incomplete)], allowIncomplete: true).Sources);
    }

    [Fact]
    public void A_side_without_receipts_is_refused() =>
        Assert.Equal(ComparisonInputFault.NoReceipt, Refused(() => SideOfRuns.Baseline([])).Fault);

    [Fact]
    public void A_value_without_logarithm_is_refused_with_file_and_workload()
    {
        WorkloadRecord record = One.Workloads[0];
        Receipt zero = One with
        {
            Run = "zero",
            Digest = null,
            Workloads = [record with { Launches = [.. record.Launches.Select(launch => launch with { Values = [0, 0, 0] })] }],
        };
        ComparisonInputException e = Refused(() => BaselineComparison.Compare(
            SideOfRuns.Baseline([new("a.json", One)]), SideOfRuns.Candidate([new("z.json", zero)]), new ComparisonOptions()));
        Assert.Equal(ComparisonInputFault.ImpossibleValue, e.Fault);
        Assert.StartsWith($"z.json: {SyntheticRun.Gemv}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_ordered_by_time_and_the_newest_speaks_for_the_side()
    {
        Receipt newer = One with { Run = "two", Digest = null, CreatedUtc = One.CreatedUtc.AddHours(1), Build = One.Build with { Commit = "newer" } };
        SideOfRuns side = SideOfRuns.Baseline([new("new.json", newer), new("old.json", One)]);
        Assert.Equal("newer", side.Newest.Build.Commit);
        Assert.Equal("old.json", side.Sources[0].Path);
    }
}
