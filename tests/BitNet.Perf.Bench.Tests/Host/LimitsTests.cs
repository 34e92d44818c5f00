using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Bench.Tests.Host;

public class LimitsTests
{
    [Theory]
    [InlineData("150000 100000", 1.5)]
    [InlineData("max 100000", null)]
    [InlineData("50000", null)]
    [InlineData(null, null)]
    public void A_quota_over_its_period_is_a_number_of_cores(string? text, double? cores) => Assert.Equal(cores, CgroupLimits.ParseCpuMax(text));

    [Theory]
    [InlineData("-1", "100000", null)] // v1: no limit
    [InlineData("200000", "100000", 2.0)]
    [InlineData("200000", "0", null)]
    public void A_negative_quota_is_no_limit(string quota, string period, double? cores) => Assert.Equal(cores, CgroupLimits.ParseQuota(quota, period));

    [Theory]
    [InlineData("max", null)]
    [InlineData("9223372036854771712", null)] // v1 without limit
    [InlineData("1073741824", 1L << 30)]
    public void Memory_without_limit_is_null(string text, long? bytes) => Assert.Equal(bytes, CgroupLimits.ParseMemory(text));

    [Theory]
    [InlineData("0-3,8,10-11\n", new[] { 0, 1, 2, 3, 8, 10, 11 })]
    [InlineData("5", new[] { 5 })]
    [InlineData("", new int[0])]
    [InlineData(null, new int[0])]
    [InlineData("3-1", new int[0])]
    [InlineData("a-b", new int[0])]
    public void Processor_lists_are_read_as_Linux_writes_them(string? text, int[] expected) => Assert.Equal(expected, ProcessorList.Parse(text));

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 8, 10, 11 }, "0-3,8,10-11")]
    [InlineData(new[] { 7 }, "7")]
    [InlineData(new int[0], "")]
    public void Processor_lists_are_written_as_they_are_read(int[] processors, string text) => Assert.Equal(text, ProcessorList.Format(processors));

    [Fact]
    public void Steal_is_a_share_of_all_time_between_two_readings()
    {
        var before = CpuTime.Parse("cpu  100 0 100 800 0 0 0 0 50 0\ncpu0 1 2 3\n");
        var after = CpuTime.Parse("cpu  150 0 110 830 0 0 0 10 60 0\n");
        Assert.Equal(new CpuTime(1000, 0), before);
        Assert.Equal(0.1, CpuTime.StealShare(before, after)!.Value, 12);
        Assert.Null(CpuTime.StealShare(before, before));
        Assert.Null(CpuTime.StealShare(null, after));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("cpu 1 2 3")]
    [InlineData("cpu a b c d e f g h")]
    public void Without_a_steal_column_steal_is_unknown(string? text) => Assert.Null(CpuTime.Parse(text));

    [Theory]
    [InlineData("32K", 32L << 10)]
    [InlineData("32M", 32L << 20)]
    [InlineData("K", null)]
    [InlineData("0K", null)]
    [InlineData("32", null)]
    public void Cache_sizes_carry_their_unit(string text, long? bytes) => Assert.Equal(bytes, SysTopology.ParseSize(text));
}
