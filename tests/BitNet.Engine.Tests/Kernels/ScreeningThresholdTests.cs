using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public unsafe class ScreeningThresholdTests
{
    [Fact]
    public void The_nth_largest_is_that_of_a_sorted_list_in_whatever_order()
    {
        for (int count = 1; count <= 70; count++)
        {
            float[] random = [.. Enumerable.Range(0, count).Select(i => (float)Math.Round(9 * HeadCase.Normal(count, 0, i)))];
            float[] rising = [.. random.Order()];
            foreach (float[] values in new[] { random, rising, [.. rising.Reverse()] })
            {
                for (int n = 1; n <= count; n++) Assert.Equal(rising[^n], Largest(values, n));
            }
        }
    }

    [Fact]
    public void What_is_not_a_number_counts_as_none()
    {
        Assert.Equal(1, Largest([.. Enumerable.Repeat(float.NaN, 20), 1, 2], 2));
        Assert.Equal(float.NegativeInfinity, Largest([.. Enumerable.Repeat(float.NaN, 20), 1], 2));
    }

    [Fact]
    public void Values_at_the_threshold_and_what_is_not_a_number_reach_it()
    {
        for (int count = 1; count <= 70; count++)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(i => i % 7 == 3 ? float.NaN : i % 5)];
            int[] indices = new int[count];
            fixed (float* v = values)
            fixed (int* found = indices)
            {
                int n = ScreeningThreshold.Reaching(v, count, 3, found);
                Assert.Equal(Enumerable.Range(0, count).Where(i => i % 7 == 3 || i % 5 >= 3), indices[..n]);
            }
        }
    }

    private static float Largest(float[] values, int n)
    {
        fixed (float* v = values) return ScreeningThreshold.Largest(v, values.Length, new float[n]);
    }
}
