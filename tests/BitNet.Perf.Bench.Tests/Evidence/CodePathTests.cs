using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Evidence;

public class CodePathTests
{
    private const string Gemv = "kernel/gemv/i2s/avx512/768x256/b1/cold/t2";

    private static CodePath OneToken { get; } = new(Listings.Run, [Listings.Rows, Listings.Kernel], ["BitNet.Engine.Kernels.TernaryKernel:Multiply("]);

    [Fact]
    public void A_path_goes_from_the_operation_through_the_classes_that_the_workload_holds()
    {
        var names = OneToken.Walk(Listings.Parse(Listings.First));
        Assert.Equal(Listings.Run, names[0]);
        Assert.Contains(Listings.Rows + ":Execute(int,int,int):this", names);
        Assert.Contains(Listings.Streams, names);
        Assert.Contains(Listings.Dots, names);
        Assert.Contains(Listings.Take, names);
        Assert.DoesNotContain(Listings.Tile, names);
        Assert.DoesNotContain(Listings.Control, names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Without_a_word_of_the_workload_both_forms_of_a_product_would_be_its_own() =>
        Assert.Contains(Listings.Tile, (OneToken with { NeverCalls = [] }).Walk(Listings.Parse(Listings.First)));

    [Fact]
    public void A_call_through_a_class_that_is_not_held_leads_nowhere()
    {
        var names = (OneToken with { Overrides = [Listings.Rows] }).Walk(Listings.Parse(Listings.First));
        Assert.DoesNotContain(names, name => name.StartsWith(Listings.Kernel, StringComparison.Ordinal));
    }

    [Fact]
    public void A_workload_has_the_hottest_of_its_methods_loops_and_each_method_once_in_the_receipt()
    {
        var code = CapturedCode.Of(Listings.Parse(Listings.First), new Dictionary<string, CodePath?> { [Gemv] = OneToken, ["probe/control/t1"] = new("BitNet.Perf.Bench.Workloads.Probes.ControlKernel:Run():this", [], []) });
        Assert.Empty(code.Warnings);
        Assert.Equal(Listings.Dots, code.Of(Gemv)!.HotMethod);
        Assert.Equal([Listings.Control], code.Of("probe/control/t1")!.Methods.Skip(1));
        Assert.Equal(code.Methods!.Select(m => m.Name).Order(StringComparer.Ordinal), code.Methods!.Select(m => m.Name));
        Assert.Equal(code.Of(Gemv)!.Methods.Concat(code.Of("probe/control/t1")!.Methods).Order(StringComparer.Ordinal), code.Methods!.Select(m => m.Name));
    }

    [Fact]
    public void What_a_workload_lacks_is_a_warning_with_the_reason()
    {
        var broken = Listings.First.Replace("; Assembly listing for method " + Listings.Dots + " (FullOpts)", "; Assembly listing for method " + Listings.Dots + " (Tier0)", StringComparison.Ordinal);
        var code = CapturedCode.Of(Listings.Parse(broken), new Dictionary<string, CodePath?> { [Gemv] = OneToken, ["probe/control/t1"] = new("BitNet.Perf.Bench.Workloads.Probes.ControlKernel:Run():this", [], []), ["kernel/norm/f32/avx512/256/b1/hot/t1"] = null });
        Assert.Equal([(Gemv, $"no machine code: {Listings.Dots}: it was compiled as Tier0"), ("kernel/norm/f32/avx512/256/b1/hot/t1", "no machine code: the worker does not say what its operation runs through")],
            code.Warnings.Select(w => (w.Subject, w.Message)));
        Assert.All(code.Warnings, w => Assert.Equal(WarningCodes.EvidenceMissing, w.Code));
        Assert.Null(code.Of(Gemv));
        Assert.NotNull(code.Of("probe/control/t1"));
    }

    [Fact]
    public void A_runtime_that_lists_nothing_is_one_warning_for_all()
    {
        var code = CapturedCode.Of(Listings.Parse(""), new Dictionary<string, CodePath?> { [Gemv] = OneToken, ["probe/control/t1"] = OneToken });
        Assert.Equal((null, "no machine code of any workload: the worker's runtime listed no code"), code.Warnings.Select(w => (w.Subject, w.Message)).Single());
        Assert.Null(code.Methods);
    }
}
