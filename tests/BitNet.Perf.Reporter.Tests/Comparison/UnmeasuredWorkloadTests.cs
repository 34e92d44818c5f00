using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class UnmeasuredWorkloadTests
{
    private static ComparisonResult Result() => Sides.Compare(
        new SyntheticRun("b").With(SyntheticRun.Gemv, [1000, 1010, 990]), new SyntheticRun("c").With(SyntheticRun.Gemv, [1000, 1010, 990]));

    [Fact]
    public void What_only_the_baseline_has_is_missing_and_fails()
    {
        ComparisonResult result = UnmeasuredWorkloads.Add(Result(), ["kernel/gone"], ["kernel/more"], allowUndecided: true);
        Assert.Equal(["kernel/gone"], result.Missing);
        Assert.Equal(["kernel/more"], result.New);
        Assert.Equal((1, 1), (result.Counts.Missing, result.Counts.New));
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void What_only_the_candidate_has_changes_no_exit_code()
    {
        ComparisonResult before = Result(), after = UnmeasuredWorkloads.Add(before, [], ["kernel/more"], allowUndecided: false);
        Assert.Equal(before.ExitCode, after.ExitCode);
        Assert.Equal(before.Verdict, after.Verdict);
    }

    [Fact]
    public void Where_both_have_the_same_nothing_changes()
    {
        ComparisonResult result = Result();
        Assert.Same(result, UnmeasuredWorkloads.Add(result, [], [], allowUndecided: false));
    }
}
