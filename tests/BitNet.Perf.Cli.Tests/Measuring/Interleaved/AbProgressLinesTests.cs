using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Measuring.Interleaved;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Cli.Tests.Measuring.Interleaved;

public class AbProgressLinesTests
{
    private static WorkloadComparison Row(string id, double ratio, Verdict verdict = Verdict.Undecided) => new()
    {
        Id = id,
        Metric = ComparedMetric.Time,
        Unit = "ns",
        Better = Better.Lower,
        Verdict = verdict,
        Baseline = new SideValue(1, 5),
        Candidate = new SideValue(ratio, 5),
        Ratio = ratio,
        Interval90 = new Interval(ratio - 0.01, ratio + 0.01),
        Threshold = 0.03,
        Reason = "",
    };

    [Fact]
    public void The_heading_says_block_side_next_look_and_the_time_left() => Assert.Equal(
        "block 7 of 20: head; verdicts at 13 pairs; 3 min 20 s left at most",
        AbProgressLines.Heading(new BlockProgress(7, 20, 13, "head", TimeSpan.FromSeconds(200))));

    [Fact]
    public void The_costliest_workload_stands_first_with_its_interval_and_whether_it_is_decided() => Assert.Equal(
        ["  kernel/b     +6.0 %   +5.0 %   +7.0 %  decided", "  kernel/a     -0.5 %   -1.5 %   +0.5 %  open"],
        AbProgressLines.Rows([Row("kernel/a", 0.995), Row("kernel/b", 1.06, Verdict.Regressed)], 50, 10));

    [Fact]
    public void As_many_lines_as_fit_are_shown_and_the_rest_is_counted()
    {
        WorkloadComparison[] rows = [.. Enumerable.Range(0, 12).Select(i => Row($"kernel/{i}", 1 + i / 100.0))];
        IReadOnlyList<string> lines = AbProgressLines.Rows(rows, 60, 5);
        Assert.Equal(5, lines.Count);
        Assert.Equal("  and 8 more", lines[^1]);
        Assert.StartsWith("  kernel/11 ", lines[0]);
    }

    [Fact]
    public void No_line_is_longer_than_the_terminal() => Assert.All(
        AbProgressLines.Rows([Row("kernel/attention/f16/avx512/ctx128/b1/cold/t2/and/much/more/than/fits", 2, Verdict.Regressed)], 70, 5), line => Assert.True(line.Length <= 70));

    [Fact]
    public void Exact_figures_and_rows_without_one_are_left_out() => Assert.Empty(
        AbProgressLines.Rows([Row("kernel/a", 1.5) with { Metric = ComparedMetric.Allocated }, Row("kernel/b", 1) with { Ratio = null }], 70, 5));
}
