using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Tests.Workloads;

/// <summary>Against the figures of spec 5.1 for 2B-4T.</summary>
public class WorkArithmeticTests
{
    private const long Linear = 2_084_044_800, Head = 328_335_360, AttentionPerPosition = 153_600;
    private const long LinearBytes = 521_011_200, HeadBytes = 656_670_720, CachePerPosition = 76_800;

    private static readonly ModelShape Shape = ModelSource.ShapeOf("synthetic:2b");

    [Fact]
    public void One_decoded_token_reads_all_weights_the_head_and_its_own_position()
    {
        var work = WorkArithmetic.Decode(Shape, I2SFormat.Instance, 1, 0, HeadFormat.Half);
        Assert.Equal(1, work.Tokens);
        Assert.Equal(LinearBytes + HeadBytes + CachePerPosition, work.Bytes);
        Assert.Equal(Linear + Head + AttentionPerPosition, work.MultiplyAdds);
    }

    [Fact]
    public void The_screened_head_reads_a_byte_a_weight_and_three_numbers_a_row()
    {
        const long ScreenedBytes = 328_335_360 + 128_256 * 12;
        Assert.Equal(ScreenedBytes, WorkArithmetic.ScreenedHead(Shape).Bytes);
        Assert.Equal(Head, WorkArithmetic.ScreenedHead(Shape).MultiplyAdds);
        Assert.Equal(LinearBytes + ScreenedBytes + CachePerPosition, WorkArithmetic.Decode(Shape, I2SFormat.Instance, 1, 0, HeadFormat.Screened).Bytes);
    }

    [Fact]
    public void Base_3_and_the_screened_head_read_less_than_750_MB_a_token()
    {
        // Rows of 2560 are 8 whole blocks of 64 bytes; those of 6912 take 22.
        const long Base3Bytes = 30L * ((2 * 2560 + 2 * 640 + 2 * 6912) * 8 * 64 + 2560 * 22 * 64);
        Assert.Equal(Base3Bytes, WorkArithmetic.LinearBytes(Shape, Base3Format.Instance));
        Assert.InRange(WorkArithmetic.Decode(Shape, Base3Format.Instance, 1, 0, HeadFormat.Screened).Bytes!.Value, 1, 750_000_000);
    }

    [Theory]
    [InlineData(16, 0)]
    [InlineData(32, 512)]
    public void Decoding_several_tokens_is_the_sum_over_growing_contexts(int tokens, int context)
    {
        var work = WorkArithmetic.Decode(Shape, I2SFormat.Instance, tokens, context, HeadFormat.Half);
        var each = Enumerable.Range(0, tokens).Select(i => WorkArithmetic.Decode(Shape, I2SFormat.Instance, 1, context + i, HeadFormat.Half)).ToList();
        Assert.Equal(each.Sum(w => w.Bytes), work.Bytes);
        Assert.Equal(each.Sum(w => w.MultiplyAdds), work.MultiplyAdds);
    }

    [Fact]
    public void A_prompt_of_one_token_costs_what_one_decoded_token_costs() =>
        Assert.Equal(WorkArithmetic.Decode(Shape, I2SFormat.Instance, 1, 0, HeadFormat.Half).MultiplyAdds, WorkArithmetic.Prefill(Shape, I2SFormat.Instance, 1, HeadFormat.Half).MultiplyAdds);

    [Fact]
    public void A_prompt_needs_the_last_layer_for_its_last_token_only()
    {
        const long Layer = Linear / 30, KeysAndValues = 2L * 640 * 2560, Tokens = 128;
        var attention = 29L * 2 * 2560 * (Tokens * (Tokens + 1) / 2) + 2 * 2560 * Tokens;
        Assert.Equal(29 * Layer * Tokens + KeysAndValues * Tokens + (Layer - KeysAndValues) + attention + Head, WorkArithmetic.Prefill(Shape, I2SFormat.Instance, 128, HeadFormat.Half).MultiplyAdds);
        Assert.Equal(LinearBytes + HeadBytes, WorkArithmetic.Prefill(Shape, I2SFormat.Instance, 128, HeadFormat.Half).Bytes);
    }

    [Fact]
    public void A_product_reads_a_byte_for_four_weights_whatever_the_batch()
    {
        var work = WorkArithmetic.Product(I2SFormat.Instance, 6912, 2560, 128);
        Assert.Equal(4_423_680, work.Bytes);
        Assert.Equal(6912L * 2560 * 128, work.MultiplyAdds);
    }

    [Fact]
    public void Attention_of_all_layers_reads_the_cache_of_a_position_once() =>
        Assert.Equal(CachePerPosition * 2048, 30 * WorkArithmetic.Attention(Shape, 2048).Bytes);
}
