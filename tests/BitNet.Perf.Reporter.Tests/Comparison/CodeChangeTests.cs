using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class CodeChangeTests
{
    private static MethodCode Run { get; } = Codes.Method("Workload:Run", '1');
    private static MethodCode Dots { get; } = Codes.Method("Kernel:Dots", '2');
    private static MethodCode OtherDots { get; } = Codes.Method("Kernel:Dots", '3');
    private static MethodCode Tile { get; } = Codes.Method("Kernel:Tile", '4');

    private static ComparisonResult Compare(double factor, MethodCode[]? before, MethodCode[]? after, string kernel = "i2s-avx512")
    {
        SyntheticRun[] baseline = [.. Enumerable.Range(0, 10).Select(i => With(new SyntheticRun($"b{i}"), 400 * Math.Exp(i % 2 == 0 ? 0.002 : -0.002), before, "i2s-avx512"))];
        return Sides.Compare(baseline, [With(new SyntheticRun("c"), 400 * factor, after, kernel)]);
    }

    private static SyntheticRun With(SyntheticRun run, double value, MethodCode[]? code, string kernel)
    {
        run.With(SyntheticRun.Gemv, SyntheticRun.Steady(value, 10, 0.002), kernel: kernel);
        if (code is not null) run.WithCode(code);
        return run.WithProbes(10);
    }

    [Fact]
    public void The_same_code_is_told_from_other_code_and_from_code_that_nobody_listed()
    {
        Assert.False(Compare(1, [Run, Dots], [Run, Dots]).Workloads.Single().CodeChanged);
        Assert.True(Compare(1, [Run, Dots], [Run, OtherDots]).Workloads.Single().CodeChanged);
        Assert.Null(Compare(1, [Run, Dots], null).Workloads.Single().CodeChanged);
        Assert.Null(Compare(1, null, [Run, Dots]).Workloads.Single().CodeChanged);
    }

    // A method that only one side ran beside otherwise equal code may have run for another workload of that run.
    [Fact]
    public void Where_only_the_sets_of_methods_differ_it_is_unknown_and_with_another_kernel_it_is_other_code()
    {
        Assert.Null(Compare(1, [Run, Dots], [Run, Dots, Tile]).Workloads.Single().CodeChanged);
        Assert.True(Compare(1, [Run, Dots], [Run, OtherDots, Tile]).Workloads.Single().CodeChanged);
        Assert.True(Compare(1, [Run, Dots], [Run, Tile], kernel: "i2s-avx2").Workloads.Single().CodeChanged);
    }

    [Fact]
    public void Baseline_runs_of_different_code_leave_it_unknown_unless_the_candidate_differs_from_all()
    {
        SyntheticRun[] baseline = [With(new("b0"), 400, [Run, Dots], "i2s-avx512"), With(new("b1"), 401, [Run, OtherDots], "i2s-avx512")];
        Assert.Null(Sides.Compare(baseline, [With(new("c"), 400, [Run, Dots], "i2s-avx512")]).Workloads.Single().CodeChanged);
        Assert.True(Sides.Compare(baseline, [With(new("c"), 400, [Run, Codes.Method("Kernel:Dots", '5')], "i2s-avx512")]).Workloads.Single().CodeChanged);
    }

    [Theory]
    [InlineData(1.1, Verdict.Regressed, "regressed")]
    [InlineData(0.9, Verdict.Improved, "improved")]
    public void Another_time_of_the_same_code_is_suspicious_and_its_verdict_stands(double factor, Verdict verdict, string word)
    {
        ComparisonResult result = Compare(factor, [Run, Dots], [Run, Dots]);
        WorkloadComparison row = Assert.Single(result.Workloads);
        Assert.Equal(verdict, row.Verdict);
        Assert.EndsWith(" Suspicious: noise or host change, the machine code is the same.", row.Reason, StringComparison.Ordinal);
        ReceiptWarning warning = Assert.Single(result.Warnings, w => w.Code == "same-code");
        Assert.Equal(SyntheticRun.Gemv, warning.Subject);
        Assert.StartsWith($"{word} with the same machine code: noise", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_time_of_other_code_or_the_same_time_of_any_is_not_suspicious()
    {
        ComparisonResult changed = Compare(1.1, [Run, Dots], [Run, OtherDots]);
        Assert.EndsWith(" The machine code changed.", changed.Workloads.Single().Reason, StringComparison.Ordinal);
        foreach (ComparisonResult result in new[] { changed, Compare(1, [Run, Dots], [Run, Dots]), Compare(1.1, null, null) })
            Assert.DoesNotContain(result.Warnings, w => w.Code == "same-code");
        Assert.DoesNotContain("machine code", Compare(1, [Run, Dots], [Run, OtherDots]).Workloads.Single().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('7', false, true)]
    [InlineData('8', true, false)]
    public void A_control_kernel_that_was_compiled_differently_is_no_host_check(char after, bool codeChanged, bool hostChanged)
    {
        static SyntheticRun Measured(SyntheticRun run, double control, char code) => run
            .With(SyntheticRun.Control, SyntheticRun.Steady(20_000 * control, 10, 0.002), definition: "control/1", digest: null, kernel: null).WithCode(Codes.Method("ControlKernel:Loop", code));
        SyntheticRun[] baseline = [.. Sides.Runs(10, SyntheticRun.Gemv, 400).Select(run => Measured(run, 1, '7'))];
        ComparisonResult result = Sides.Compare(baseline, [Measured(Sides.Runs(1, SyntheticRun.Gemv, 400, name: "c")[0], 1.2, after)]);
        Assert.Equal((codeChanged, hostChanged), (result.Host.ControlCodeChanged, result.Host.Changed));
        Assert.Equal(codeChanged, result.Host.ControlRatio is null);
        Assert.Equal(codeChanged ? [SyntheticRun.Control] : [], result.Warnings.Where(w => w.Code == "probe-code-changed").Select(w => w.Subject));
        // That nobody measured one would be another matter.
        Assert.DoesNotContain(result.Warnings, w => w.Code == "host-unchecked");
    }

    [Fact]
    public void Pairs_of_launches_say_the_same()
    {
        SideOfRuns Side(SyntheticRun run, bool isBase) => isBase ? SideOfRuns.Baseline([new ReceiptSource("b", run.Build())]) : SideOfRuns.Candidate([new ReceiptSource("c", run.Build())]);
        SyntheticRun One(string name, double value, MethodCode dots) =>
            new SyntheticRun(name).With(SyntheticRun.Gemv, SyntheticRun.Steady(value, 20, 0.002)).WithCode(Run, dots).WithProbes(20);
        ComparisonResult same = PairedComparison.Compare(Side(One("b", 400, Dots), true), Side(One("c", 440, Dots), false), new ComparisonOptions());
        Assert.Equal((Verdict.Regressed, false), (same.Workloads.Single().Verdict, same.Workloads.Single().CodeChanged));
        Assert.Contains(same.Warnings, w => w.Code == "same-code");
        ComparisonResult changed = PairedComparison.Compare(Side(One("b", 400, Dots), true), Side(One("c", 440, OtherDots), false), new ComparisonOptions());
        Assert.True(changed.Workloads.Single().CodeChanged);
    }
}
