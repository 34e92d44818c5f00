using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class RoofShareTests
{
    private const double Bytes = 6912 * 2560 / 4, MultiplyAdds = 6912 * 2560;

    private static WorkloadRecord Find(Receipt receipt, string id) => receipt.Workloads.Single(workload => workload.Id == id);

    // Memory gives 30 GB/s in two launches and 60 in one; the workload reaches 90, 92 and 94 % of what it finds. From medians over all
    // launches the share would be that of 92 % of 30 over 30 only by luck: here it would be 0.94.
    [Fact]
    public void The_share_is_taken_launch_by_launch()
    {
        Receipt receipt = new SyntheticRun()
            .With(SyntheticRun.Gemv, [Bytes / (0.94 * 30), Bytes / (0.90 * 60), Bytes / (0.92 * 30)])
            .With(SyntheticRun.Read, [30, 60, 30], "GB/s").Build();
        Assert.Equal(0.92, RoofShare.OfRead(receipt, Find(receipt, SyntheticRun.Gemv))!.Value, 6);
    }

    [Fact]
    public void A_launch_without_the_probe_does_not_count()
    {
        Receipt receipt = new SyntheticRun().With(SyntheticRun.Gemv, [Bytes / 15, Bytes / 15, Bytes / 28]).With(SyntheticRun.Read, [30, 30], "GB/s").Build();
        Assert.Equal(0.5, RoofShare.OfRead(receipt, Find(receipt, SyntheticRun.Gemv))!.Value, 6);
    }

    [Fact]
    public void Multiply_adds_are_held_against_their_own_probe_of_as_many_threads()
    {
        Receipt receipt = new SyntheticRun().With(SyntheticRun.Gemv, [MultiplyAdds / 100]).With("probe/mac/t1", [150], "GMAC/s").With("probe/mac/t2", [400], "GMAC/s").Build();
        Assert.Equal(0.25, RoofShare.OfMultiplyAdd(receipt, Find(receipt, SyntheticRun.Gemv))!.Value, 6);
    }

    [Theory]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/hot/t2")]
    [InlineData("kernel/norm/f32/avx512/2560/b1/hot/t2")]
    public void What_need_not_come_from_memory_has_no_share_of_the_read_probe(string id)
    {
        Receipt receipt = new SyntheticRun().With(id, [1000]).With(SyntheticRun.Read, [30], "GB/s").Build();
        Assert.Null(RoofShare.OfRead(receipt, Find(receipt, id)));
    }

    [Theory]
    [InlineData("kernel/head/f16/avx512/128256x2560/b1/cold/t2")]
    [InlineData("kernel/attention/f16/avx512/ctx128/b1/cold/t2")]
    public void Products_of_other_instructions_have_no_share_of_the_multiply_add_probe(string id)
    {
        Receipt receipt = new SyntheticRun().With(id, [1000]).With("probe/mac/t2", [400], "GMAC/s").Build();
        Assert.Null(RoofShare.OfMultiplyAdd(receipt, Find(receipt, id)));
    }

    [Fact]
    public void Without_a_probe_there_is_no_share()
    {
        Receipt receipt = new SyntheticRun().With(SyntheticRun.Gemv, [1000]).With("probe/read/t1", [30], "GB/s").Build();
        Assert.Null(RoofShare.OfRead(receipt, Find(receipt, SyntheticRun.Gemv)));
        Assert.Null(RoofShare.OfMultiplyAdd(receipt, Find(receipt, SyntheticRun.Gemv)));
    }
}
