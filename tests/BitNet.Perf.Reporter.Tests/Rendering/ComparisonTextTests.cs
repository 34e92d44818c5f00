using System.Text.RegularExpressions;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public partial class ComparisonTextTests
{
    private static readonly ComparisonTextOptions Gate = new() { Suite = "gate", ReportPath = "artifacts/report.md" };

    private static void AssertText(string expected, string actual) => Assert.Equal(expected.ReplaceLineEndings("\n") + "\n", actual);

    [Fact]
    public void A_comparison_with_every_verdict_on_80_columns() => AssertText("""
        ✗ 1 regressed   ? 1 undecided   ✓ 1 improved   = 4 equivalent             exit 1
          base bbbbbbb · 10 runs    head ccccccc · 1 run    τ 3 %
          host amd-f25m17s1-2c-avx512-linux-net10-16gb    control kernel +0.0 %, steady
          family error 1 %, not calibrated

        kernel/gemv/i2s/avx512/*/b1/cold/*
                                           base      head     cost       interval    MDE
        ✗ REGRESSED  6912x2560/t2      412.0 µs  447.0 µs   +8.5 %    +7.8 … +9.2  1.7 %
        ? undecided  2560x2560/t1      251.0 µs  257.5 µs   +2.6 %    +2.0 … +3.2  1.7 %

        e2e/decode/i2s+f16/*/*
        ✓ improved   tg32@ctx0/t2     24.20 t/s 25.89 t/s   -6.5 %    -7.1 … -6.0  1.7 %

        ? one row: no number of launches decides, for noise between runs is 0.3 %; about
          2 more runs on each side would

        ✓ 1 improved: for review. Expected: publish a new baseline, so that a later loss
          of it is seen. Not expected: find out why before trusting it.

        = 4 equivalent, hidden (--all); largest +0.0 %   0 missing   1 new

          + costs more, - costs less (rates inverted); interval 90 %, MDE at 80 % power
        next  bitnet-perf ab --base-ref bbbbbbb --head-ref ccccccc --suite gate --filter 'kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2'
                confirm it: both builds in turn
              bitnet-perf run --suite gate --repeat 2 --pause 30m
                more runs: noise between runs is what is unknown
              artifacts/report.md                                            full report
        """, ComparisonText.Render(Scenes.Mixed(), Gate));

    [Fact]
    public void Without_unicode_and_with_all_rows() => AssertText("""
        X 1 regressed   ? 1 undecided   + 1 improved   = 4 equivalent             exit 1
          base bbbbbbb - 10 runs    head ccccccc - 1 run    threshold 3 %
          host amd-f25m17s1-2c-avx512-linux-net10-16gb    control kernel +0.0 %, steady
          family error 1 %, not calibrated

        kernel/gemv/i2s/avx512/*/b1/cold/*
                                           base      head     cost       interval    MDE
        X REGRESSED  6912x2560/t2      412.0 us  447.0 us   +8.5 %   +7.8 .. +9.2  1.7 %
        ? undecided  2560x2560/t1      251.0 us  257.5 us   +2.6 %   +2.0 .. +3.2  1.7 %
        = equivalent 2560x6912/t2      409.0 us  409.0 us   +0.0 %   -0.6 .. +0.6  1.7 %
        = equivalent 2560x2560/t2      155.0 us  155.0 us   +0.0 %   -0.6 .. +0.6  1.7 %

        e2e/decode/i2s+f16/*/*
        + improved   tg32@ctx0/t2     24.20 t/s 25.89 t/s   -6.5 %   -7.1 .. -6.0  1.7 %

        kernel/norm/f32/avx512/2560/b1/*/*
        = equivalent hot/t1            812.0 ns  812.0 ns   +0.0 %   -0.6 .. +0.6  1.7 %

        e2e/prefill/i2s/*/*
        = equivalent pp128/t2         110.5 t/s 110.5 t/s   +0.0 %   -0.6 .. +0.6  1.7 %

        ? one row: no number of launches decides, for noise between runs is 0.3 %; about
          2 more runs on each side would

        + 1 improved: for review. Expected: publish a new baseline, so that a later loss
          of it is seen. Not expected: find out why before trusting it.

        0 missing   1 new

          + costs more, - costs less (rates inverted); interval 90 %, MDE at 80 % power
        next  bitnet-perf ab --base-ref bbbbbbb --head-ref ccccccc --suite gate --filter 'kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2'
                confirm it: both builds in turn
              bitnet-perf run --suite gate --repeat 2 --pause 30m
                more runs: noise between runs is what is unknown
        """, ComparisonText.Render(Scenes.Mixed(), Gate with { Unicode = false, All = true, ReportPath = null }));

    [Fact]
    public void What_cannot_be_compared_has_a_block_of_its_own_without_a_percentage() => AssertText("""
        ≠ 1 WRONG RESULT   ≠ 1 incomparable   ≠ 1 missing                         exit 5
          base a1b2c3d · 1 run    head a1b2c3d · 1 run    τ 3 %
          host amd-f25m17s1-2c-avx512-linux-net10-16gb    control kernel not measured
          family error 1 %, not calibrated

        ≠ Wrong result, output digest differs: sha256:d1 / sha256:d2: what was timed
          computes something else.
            kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2

        ≠ Definition differs: gemv/1 / gemv/2.
            kernel/gemv/i2s/avx512/2560x2560/b1/cold/t1

        ≠ Missing: the baseline has them, the candidate should have measured them.
            e2e/decode/i2s+f16/tg32@ctx0/t2

        1 missing   0 new

          + costs more, - costs less (rates inverted); interval 90 %, MDE at 80 % power
        next  bitnet-perf receipt show head/1.json               the results that differ
              artifacts/report.md                                            full report
        """, ComparisonText.Render(Scenes.WrongResult(), Gate));

    [Fact]
    public void A_quick_comparison_says_once_what_it_cannot_decide()
    {
        string text = ComparisonText.Render(Scenes.Quick(), Gate with { Suite = "quick" });
        Assert.StartsWith("✗ 1 regressed   ? 6 undecided ", text, StringComparison.Ordinal);
        Assert.Contains("✗ REGRESSED  6912x2560/t2        413 µs    827 µs   +100 %     +78 … +125   32 %\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "? 6 rows: no number of launches decides, for noise between runs is assumed to be\n  5 %; up to 21 more runs on each side would\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_launches_would_decide_say_how_many_and_the_command_asks_for_them()
    {
        ComparisonResult result = Sides.Compare(
            Sides.Runs(20, SyntheticRun.Gemv, 400, runDeviation: 0.001), [new SyntheticRun("c").With(SyntheticRun.Gemv, SyntheticRun.Steady(408, 4, 0.02))]);
        int needed = result.Workloads.Single().LaunchesNeeded!.Value;
        string text = ComparisonText.Render(result, Gate);
        Assert.Contains($"about {needed} more launches would decide, if the estimate stays", text, StringComparison.Ordinal);
        Assert.Contains($"--launches {4 + needed}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_adds_nothing_but_escape_sequences()
    {
        string plain = ComparisonText.Render(Scenes.Mixed(), Gate), painted = ComparisonText.Render(Scenes.Mixed(), Gate with { Color = true });
        Assert.Contains("\u001b[31m✗ 1 regressed\u001b[0m", painted, StringComparison.Ordinal);
        Assert.Equal(Lines(plain), Lines(EscapeSequence().Replace(painted, "")));

        static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal_but_commands_and_ids(int width)
    {
        foreach (ComparisonResult result in new[] { Scenes.Mixed(), Scenes.Quick(), Scenes.WrongResult(), Scenes.OtherHost() })
        {
            string[] wide = [.. ComparisonText.Render(result, Gate with { Width = width }).Split('\n').Where(line => line.Length > width)];
            Assert.All(wide, line => Assert.Matches("bitnet-perf|^ {4}(kernel|e2e)/|^  (host )?(amd|intel)", line));
        }
    }

    [Fact]
    public void Across_hosts_both_are_named_and_the_control_kernel_is_not_comparable()
    {
        string text = ComparisonText.Render(Scenes.OtherHost(), Gate);
        Assert.Contains("  base host amd-f25m17s1-2c-avx512-linux-net10-16gb\n  head host intel-xeon-f6m143s8-4c-avx512-linux-net10-32gb\n  control kernel not comparable across hosts ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not measured", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_changed_is_shouted()
    {
        ComparisonResult result = Sides.Compare(
            new SyntheticRun("b").With(SyntheticRun.Gemv, [400, 401, 402]).WithProbes(3), new SyntheticRun("c").With(SyntheticRun.Gemv, [400, 401, 402]).WithProbes(3, controlFactor: 1.2));
        string text = ComparisonText.Render(result, Gate);
        Assert.Contains("control kernel +20.0 %, HOST CHANGED", text, StringComparison.Ordinal);
        Assert.Contains("! the host changed between the sides: probe/control/t1 +20.0 %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_allocation_has_a_row_without_a_ratio()
    {
        ComparisonResult result = Sides.Compare(new SyntheticRun("b").With(SyntheticRun.Gemv, [400, 401], allocated: 0), new SyntheticRun("c").With(SyntheticRun.Gemv, [400, 401], allocated: 64));
        Assert.Matches(@"✗ REGRESSED +cold/t2 allocated\n? +0 B +64 B +–\n", ComparisonText.Render(result, Gate));
    }

    [GeneratedRegex("\u001b\\[[0-9]+m")]
    private static partial Regex EscapeSequence();
}
