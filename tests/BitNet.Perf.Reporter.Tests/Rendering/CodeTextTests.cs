using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class CodeTextTests
{
    private const string Norm = "kernel/norm/f32/avx512/2560/b1/hot/t1";
    private const string Scalar = "kernel/gemv/i2s/scalar/6912x2560/b1/hot/t1";

    private static InstructionCounts Product { get; } = Codes.Loop(80) with
    {
        Zmm = 60,
        Loads = 9,
        Prefetches = 4,
        Branches = 2,
        MultiplyAdds = [new("vpmaddubsw", 512, 16)],
    };

    private static CodeRow Row(string id, InstructionCounts? loop, string? kernel) =>
        Section(new SyntheticRun().With(id, [400], kernel: kernel).WithCode(Codes.Method("Kernel+Rows:Dots", '1', loop)))!.Rows.Single();

    private static CodeSection? Section(SyntheticRun run) => CodeSections.Of(run.Build());

    [Fact]
    public void A_line_says_what_one_trip_through_the_loop_does()
    {
        CodeRow row = Row(SyntheticRun.Gemv, Product, "i2s-avx512");
        Assert.Equal("SIMD verified: 16 zmm vpmaddubsw, 1,024 products, in 80 instructions (60 zmm) a trip; 9 loads, no store, 4 prefetches, no spill, no call in the loop", row.Text);
        Assert.Equal(("Kernel+Rows:Dots", "1 method, 1.08 kB"), (row.Method, row.Size));
    }

    [Fact]
    public void Spills_and_calls_in_the_loop_are_said()
    {
        CodeRow row = Row(SyntheticRun.Gemv, Product with { Stores = 3, Spills = 3, Reloads = 2, Calls = 1 }, "i2s-avx512");
        Assert.EndsWith("9 loads, 3 stores, 4 prefetches, 3 spills (2 reloads), 1 call in the loop", row.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_named_by_wider_vectors_than_its_loop_has_is_not_verified()
    {
        InstructionCounts narrow = Product with { Zmm = 0, Ymm = 60, MultiplyAdds = [new("vpmaddubsw", 256, 16)] };
        Assert.StartsWith("not verified: named avx512, but 16 ymm vpmaddubsw, 512 products", Row(SyntheticRun.Gemv, narrow, "i2s-avx512").Text, StringComparison.Ordinal);
        // Of operations without a choice of kernel the id names what the processor offers.
        Assert.StartsWith("SIMD verified: 16 ymm vpmaddubsw", Row(Norm, narrow, null).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_vectors_without_multiply_adds_or_without_a_loop_the_line_says_so()
    {
        Assert.Equal("no SIMD: 12 scalar instructions a trip; no load, no store, no spill, no call in the loop", Row(Scalar, Codes.Loop(12), "i2s-scalar").Text);
        Assert.StartsWith("SIMD verified: 23 instructions (16 zmm) without a multiply-add a trip;", Row(Norm, Codes.Loop(23) with { Zmm = 16 }, null).Text, StringComparison.Ordinal);
        Assert.Equal("not verified: its code has no loop", Row(Norm, null, null).Text);
    }

    [Fact]
    public void What_could_not_be_listed_has_its_reason_and_a_receipt_from_before_says_nothing()
    {
        SyntheticRun run = new() { Warnings = [new(WarningCodes.EvidenceMissing, Norm, "no machine code: two listings are mixed")] };
        CodeSection section = Section(run.With(SyntheticRun.Gemv, [400]).WithCode(Codes.Method("Kernel:Dots", '1', Product)).With(Norm, [400], kernel: null).With(SyntheticRun.Decode, [20], "tok/s"))!;
        Assert.Equal("SIMD verified in 1 of 2", section.Summary);
        Assert.Equal((Norm, "not verified: no machine code: two listings are mixed"), (section.Rows[1].Id, section.Rows[1].Text));
        SyntheticRun none = new() { Warnings = [new(WarningCodes.EvidenceMissing, null, "no machine code of any workload: the worker's runtime listed no code")] };
        Assert.Equal("SIMD verified in 0 of 1", Section(none.With(SyntheticRun.Gemv, [400]).WithProbes(1))!.Summary);
        Assert.Null(Section(new SyntheticRun().With(SyntheticRun.Gemv, [400])));
    }

    [Theory]
    [InlineData(ReportFormat.Markdown, "### Machine code")]
    [InlineData(ReportFormat.Html, "<h3>Machine code</h3>")]
    public void Reports_have_a_line_for_each_workload_that_was_listed(ReportFormat format, string heading)
    {
        SyntheticRun run = new SyntheticRun().With(SyntheticRun.Gemv, [400, 401]).WithCode(Codes.Method("Kernel:Dots", '1', Product)).WithProbes(2);
        string text = Report.Render(format, SideOfRuns.Candidate(Sides.Sources([run], "head")), null).Text;
        Assert.Contains(heading, text, StringComparison.Ordinal);
        Assert.Contains("SIMD verified: 16 zmm vpmaddubsw", text, StringComparison.Ordinal);
        Assert.DoesNotContain(heading, Report.Render(format, SideOfRuns.Candidate(Sides.Sources([new SyntheticRun().With(SyntheticRun.Gemv, [400])], "head")), null).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_names_the_changed_rows_whose_code_differs()
    {
        static SyntheticRun Run(string name, double value, char code) =>
            new SyntheticRun(name).With(SyntheticRun.Gemv, SyntheticRun.Steady(value, 10, 0.002)).WithCode(Codes.Method("Kernel:Dots", code, Product)).WithProbes(10);
        ComparisonResult Compare(char code) => Sides.Compare(Enumerable.Range(0, 10).Select(i => Run($"b{i}", 400, '1')), [Run("c", 440, code)]);
        string changed = ComparisonText.Render(Compare('2'), new ComparisonTextOptions()), same = ComparisonText.Render(Compare('1'), new ComparisonTextOptions());
        Assert.Contains($"machine code differs:\n    {SyntheticRun.Gemv}\n", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("machine code differs", same, StringComparison.Ordinal);
        Assert.Contains("regressed with the same machine code", string.Join(' ', same.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
