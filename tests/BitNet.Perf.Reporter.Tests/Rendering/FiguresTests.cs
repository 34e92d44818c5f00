using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class FiguresTests
{
    [Theory]
    [InlineData(412_345.0, "ns", null, "412 µs")]
    [InlineData(999_600.0, "ns", null, "1.00 ms")]
    [InlineData(0.5, "ns", null, "0.500 ns")]
    [InlineData(2.5e9, "ns", null, "2.50 s")]
    [InlineData(41.23, "tok/s", null, "41.2 tok/s")]
    [InlineData(64.0, "B", null, "64 B")]
    [InlineData(412_345.0, "ns", 0.1, "412 µs")]
    [InlineData(412_345.0, "ns", 0.004, "412.3 µs")]
    [InlineData(412_345.0, "ns", 0.0000001, "412.35 µs")]
    public void Digits_follow_the_uncertainty_between_three_and_five(double value, string unit, double? relativeError, string expected) =>
        Assert.Equal(expected, Figures.Value(value, unit, relativeError));

    [Fact]
    public void Two_values_share_a_unit_and_their_decimals() => Assert.Equal(["0.98 ms", "1.02 ms"], Figures.Values([980_000, 1_020_000], "ns"));

    [Theory]
    [InlineData(100.0, "4 d")]
    [InlineData(5.5, "5 h")]
    [InlineData(0.5, "30 min")]
    public void Ages_are_rounded_down(double hours, string expected) => Assert.Equal(expected, Figures.Age(TimeSpan.FromHours(hours)));

    [Theory]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2", "kernel/gemv")]
    [InlineData("e2e/decode/i2s+f16/tg32@ctx0/t2", "e2e")]
    [InlineData("probe/read/t2", "probe")]
    [InlineData("Benchmarks.Sort/100", "Benchmarks.Sort")]
    [InlineData("plain", "other")]
    public void Workloads_are_grouped(string id, string group) => Assert.Equal(group, WorkloadNames.Group(id));

    [Fact]
    public void A_pattern_has_a_star_where_its_workloads_differ_and_matches_exactly_them()
    {
        string[] ids = ["kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2", "kernel/gemv/i2s/avx512/2560x2560/b1/cold/t1", "kernel/gemv/i2s/avx2/2560x2560/b1/cold/t1", "probe/read/t2", "x"];
        IReadOnlyList<PatternGroup> groups = WorkloadNames.Patterns(ids);
        Assert.Equal(["kernel/gemv/i2s/avx512/*/b1/cold/*", "kernel/gemv/i2s/avx2/2560x2560/b1/*/*", "probe/*/*", "*"], groups.Select(g => g.Pattern));
        Assert.Equal(["6912x2560/t2", "2560x2560/t1"], groups[0].Labels.Values);
        Assert.All(groups, g => Assert.All(g.Labels.Keys, id => Assert.True(new Receipts.Schema.WorkloadGlob(g.Pattern).Matches(id))));
    }
}
