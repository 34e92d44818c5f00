using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

public class UnitAndWorkloadTests
{
    [Theory]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2", WorkloadFamily.Kernel, "gemv", 2)]
    [InlineData("kernel/norm/f32/vector128/2560/b1/hot/t1", WorkloadFamily.Kernel, "norm", 1)]
    [InlineData("kernel/attention/f16/scalar/ctx2048/b1/cold/t16", WorkloadFamily.Kernel, "attention", 16)]
    [InlineData("e2e/decode/i2s+f16/tg32@ctx512/t2", WorkloadFamily.EndToEnd, "decode", 2)]
    [InlineData("e2e/prefill/i2s/pp128/t2", WorkloadFamily.EndToEnd, "prefill", 2)]
    [InlineData("e2e/ttft/i2s/p16/t2", WorkloadFamily.EndToEnd, "ttft", 2)]
    [InlineData("e2e/start/i2s+screened8/p16/t2", WorkloadFamily.EndToEnd, "start", 2)]
    [InlineData("probe/read/t2", WorkloadFamily.Probe, "read", 2)]
    [InlineData("probe/control/t1", WorkloadFamily.Probe, "control", 1)]
    public void An_id_of_the_grammar_is_taken_apart(string text, WorkloadFamily family, string operation, int threads)
    {
        WorkloadId id = WorkloadId.Parse(text);
        Assert.Equal((text, family, operation, threads), (id.ToString(), id.Family, id.Operation, id.Threads));
        Assert.Equal(text, $"{id.Group}/t{id.Threads}");
    }

    [Theory]
    [InlineData("probe/read/t2", true)]
    [InlineData("probe/other harness", true)]
    [InlineData("probes", false)]
    [InlineData("kernel/norm/f32/avx2/2560/b1/hot/t1", false)]
    public void What_begins_as_a_probe_is_one_whoever_named_it(string name, bool probe) => Assert.Equal(probe, WorkloadId.IsProbe(name));

    [Fact]
    public void A_kernel_id_names_format_isa_shape_batch_and_memory()
    {
        WorkloadId id = WorkloadId.Parse(SyntheticReceipt.Gemv);
        Assert.Equal(("i2s", "avx512", "6912x2560", 1, true), (id.Format, id.Isa, id.Shape, id.Batch, id.Cold));
        Assert.False(WorkloadId.Parse(SyntheticReceipt.Hot).Cold);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t0")]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/warm/t2")]
    [InlineData("kernel/gemv/i2s/avx1024/6912x2560/b1/cold/t2")]
    [InlineData("kernel/gemv/i2s/avx512/6912x0/b1/cold/t2")]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2\n")]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b99999/cold/t2")]
    [InlineData("Kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2")]
    [InlineData("e2e/decode/i2s+f16+f32/tg32/t2")]
    [InlineData("probe/read")]
    [InlineData("probe/read/t٣")]
    public void Anything_else_is_no_workload_id(string text)
    {
        Assert.False(WorkloadId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => WorkloadId.Parse(text));
    }

    [Theory]
    [InlineData("kernel/*", false)]
    [InlineData("kernel/**", true)]
    [InlineData("**", true)]
    [InlineData("*", false)]
    [InlineData("kernel/*/i2s/*/*/b1/cold/t2", true)]
    [InlineData("kernel/*/i2s/*/b1/cold/t2", false)]
    [InlineData("kernel/**/t2", true)]
    [InlineData("kernel/**/t1", false)]
    [InlineData("kernel/gemv/i2s/avx*/6912x????/b1/cold/t2", true)]
    [InlineData("kernel?gemv/**", false)]
    [InlineData("**/6912x2560/**", true)]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2", true)]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t", false)]
    [InlineData("KERNEL/**", false)]
    [InlineData("k***2", true)]
    public void One_star_stops_at_a_slash_and_two_do_not(string pattern, bool matches) =>
        Assert.Equal(matches, new WorkloadGlob(pattern).Matches(SyntheticReceipt.Gemv));

    [Fact]
    public void An_empty_pattern_or_one_with_white_space_is_refused()
    {
        Assert.Throws<FormatException>(() => new WorkloadGlob(""));
        Assert.Throws<FormatException>(() => new WorkloadGlob("kernel/ *"));
    }

    [Fact]
    public void No_patterns_cover_everything()
    {
        Assert.True(WorkloadGlob.MatchesAny([], SyntheticReceipt.Probe));
        Assert.False(WorkloadGlob.MatchesAny([new("kernel/**"), new("e2e/**")], SyntheticReceipt.Probe));
    }

    [Theory]
    [InlineData("ns", "ns", 1, Better.Lower)]
    [InlineData("us", "ns", 1e3, Better.Lower)]
    [InlineData("ms", "ns", 1e6, Better.Lower)]
    [InlineData("s", "ns", 1e9, Better.Lower)]
    [InlineData("tok/s", "tok/s", 1, Better.Higher)]
    [InlineData("GB/s", "GB/s", 1, Better.Higher)]
    [InlineData("GMAC/s", "GMAC/s", 1, Better.Higher)]
    [InlineData("B", "B", 1, Better.Lower)]
    public void A_unit_knows_its_conversion_and_direction(string name, string kept, double factor, Better better)
    {
        Assert.True(Unit.TryParse(name, out Unit unit, out double scale));
        Assert.Equal((kept, factor, better), (unit.Name, scale, unit.Better));
        Assert.Contains(name, Unit.Names.Split(", "));
    }

    [Theory]
    [InlineData("NS")]
    [InlineData("")]
    [InlineData("min")]
    public void An_unknown_unit_is_refused(string name) => Assert.False(Unit.TryParse(name, out _, out _));
}
