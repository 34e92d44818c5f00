using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Kernels;

/// <summary>The best of the full F16 head come out, whatever the weights and the input: same ids, same order, same bits.</summary>
public unsafe class ScreenedHeadTests
{
    private static float Gaussian(int column) => (float)HeadCase.Normal(7, 0, column);

    // Every remainder of the four streams, of the 16 rows a bound step takes and of the portions handed out.
    [Fact]
    public void Random_heads_of_every_size()
    {
        foreach (int columns in new[] { 32, 64, 96 })
        {
            foreach (int rows in (int[])[.. Enumerable.Range(1, 70), 127, 128, 129, 1000, 1003, 4097])
            {
                using HeadCase head = new(rows, columns, (r, c) => 0.02 * HeadCase.Normal(rows, r, c), Gaussian);
                head.AssertBestEqualTheFullHead(rows / 9 + 1, rows);
            }
        }
    }

    [Fact]
    public void Few_rows_of_a_random_head_are_computed_in_F16()
    {
        using HeadCase head = new(20_000, 2560, (r, c) => 0.02 * HeadCase.Normal(1, r, c), Gaussian);
        // The bound is about 0.46 standard deviations of the logits, so a row must come within 0.92 of the best: some 20 do.
        Assert.InRange(head.AssertBestEqualTheFullHead(), 1, 200);
    }

    [Fact]
    public void A_few_large_activations_leave_the_screening_sharp()
    {
        using HeadCase head = new(
            5_000, 2560, (r, c) => 0.02 * HeadCase.Normal(2, r, c), c => Gaussian(c) * (c % 1000 == 3 ? 60 : 1));
        Assert.InRange(head.AssertBestEqualTheFullHead(), 1, 200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_that_differ_in_one_weight_by_one_unit(int seed)
    {
        using HeadCase head = new(2_000, 96, (r, c) => OneUnitMore(HeadCase.Normal(seed, 0, c), r % 96 == c ? r % 3 - 1 : 0), Gaussian);
        head.AssertBestEqualTheFullHead(7);
    }

    private static double OneUnitMore(double value, int units) =>
        (double)BitConverter.Int16BitsToHalf((short)(BitConverter.HalfToInt16Bits((Half)value) + units));

    [Fact]
    public void Equal_rows_come_in_the_order_of_their_ids()
    {
        using HeadCase head = new(3_000, 64, (r, c) => HeadCase.Normal(3, r % 50, c), Gaussian);
        head.AssertBestEqualTheFullHead(61);
        using HeadCase all = new(3_000, 64, (_, c) => HeadCase.Normal(3, 0, c), Gaussian);
        Assert.Equal(3_000, all.AssertBestEqualTheFullHead());
    }

    [Fact]
    public void Weights_on_the_boundaries_of_rounding()
    {
        // The first weight sets the scale to 1/8; the others are halves of it, rounded to even, and the input adds all errors up.
        using HeadCase head = new(
            1_000, 96, (r, c) => c == 0 ? 127.0 / 8 : (HeadCase.Uniform(4, r, c) < 0.5 ? -1 : 1) * ((r + c) % 100 + 0.5) / 8,
            c => c % 2 == 0 ? 1 : -1);
        head.AssertBestEqualTheFullHead();
    }

    [Fact]
    public void Subnormal_weights_and_the_smallest_inputs()
    {
        foreach (float input in new[] { 1f, 1e-20f, 1e-38f, float.Epsilon })
        {
            using HeadCase head = new(500, 64, (r, c) => HeadCase.Normal(5, r, c) * 1e-6, c => Gaussian(c) * input);
            head.AssertBestEqualTheFullHead();
        }
    }

    [Fact]
    public void The_largest_weights_and_inputs()
    {
        using HeadCase head = new(
            500, 2560, (r, c) => HeadCase.Uniform(6, r, c) < 0.5 ? -65_504 : 65_504, c => HeadCase.Uniform(7, 0, c) < 0.5 ? -65_504 : 65_504);
        head.AssertBestEqualTheFullHead();
    }

    [Fact]
    public void Rows_of_very_different_size()
    {
        using HeadCase head = new(2_000, 96, (r, c) => HeadCase.Normal(8, r, c) * Math.Pow(2, r % 30 - 20), Gaussian);
        head.AssertBestEqualTheFullHead();
    }

    [Fact]
    public void Zero_inputs_and_zero_rows()
    {
        using HeadCase nothing = new(1_000, 32, (r, c) => HeadCase.Normal(9, r, c), _ => 0);
        nothing.AssertBestEqualTheFullHead();
        using HeadCase zeros = new(1_000, 32, (r, c) => r % 2 == 0 ? 0 : -Math.Abs(HeadCase.Normal(9, r, c)), c => Math.Abs(Gaussian(c)));
        zeros.AssertBestEqualTheFullHead();
    }

    [Fact]
    public void Inputs_without_a_bound_take_the_full_head()
    {
        using HeadCase large = new(500, 32, (r, c) => HeadCase.Normal(10, r, c), c => c == 5 ? 1e6f : Gaussian(c));
        Assert.Equal(500, large.AssertBestEqualTheFullHead());
        using HeadCase infinite = new(500, 32, (r, c) => 1 + HeadCase.Uniform(10, r, c), c => c == 5 ? float.PositiveInfinity : 1);
        Assert.Equal(500, infinite.AssertBestEqualTheFullHead());
        using HeadCase notANumber = new(500, 32, (r, c) => HeadCase.Normal(10, r, c), c => c == 5 ? float.NaN : 1);
        using WorkerPool pool = new(2);
        using ScreenedHead head = new(notANumber.Weights, notANumber.Screening, pool);
        Assert.Throws<EvaluationException>(() => head.Top(notANumber.Input, 1).Length);
    }

    [Fact]
    public void One_head_serves_changing_inputs_and_counts_without_allocating()
    {
        using HeadCase head = new(3_000, 96, (r, c) => HeadCase.Normal(11, r, c), Gaussian);
        using WorkerPool pool = new(2);
        using ScreenedHead screened = new(head.Weights, head.Screening, pool);
        float[] other = [.. head.Input.Select(x => -x)];
        RankedLogit first = screened.Top(head.Input, 1)[0], last = screened.Top(other, 40)[0];
        Assert.NotEqual(first, last);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool same = true;
        for (int i = 0; i < 10; i++) same &= screened.Top(head.Input, 1)[0] == first && screened.Top(other, 40)[0] == last;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(same);
    }
}
