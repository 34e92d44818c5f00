using System.Runtime.Intrinsics;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public unsafe class HalfPrecisionTests
{
    [Fact]
    public void Widening_equals_the_runtime_for_every_bit_pattern()
    {
        float* widened = stackalloc float[16];
        short* half = stackalloc short[16];
        for (int bits = 0; bits < 1 << 16; bits += 16)
        {
            for (int i = 0; i < 16; i++) half[i] = (short)(bits + i);
            HalfPrecision.ToSingle(half, widened, 16);
            for (int i = 0; i < 16; i++)
            {
                float expected = (float)BitConverter.Int16BitsToHalf(half[i]);
                Assert.True(Same(expected, widened[i]), $"{half[i]:x4}: {expected} and {widened[i]}");
            }
        }
    }

    [Fact]
    public void Rounding_equals_a_store_and_a_load_around_every_half_and_its_neighbours()
    {
        for (int bits = 0; bits < 1 << 16; bits++)
        {
            float value = (float)BitConverter.Int16BitsToHalf((short)bits);
            float next = (float)BitConverter.Int16BitsToHalf((short)(bits + 1));
            float middle = (value + next) / 2;
            foreach (float x in new[] { value, middle, MathF.BitIncrement(middle), MathF.BitDecrement(middle) }) AssertRounds(x);
        }
    }

    [Fact]
    public void Rounding_equals_a_store_and_a_load_over_the_range_of_single_precision()
    {
        Random random = new(5);
        for (int i = 0; i < 200_000; i++) AssertRounds(BitConverter.Int32BitsToSingle(random.Next() ^ random.Next(2) << 31));
        foreach (float x in new[] { 65504f, 65519.996f, 65520f, -65520f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -0f, float.Epsilon })
        {
            AssertRounds(x);
        }
    }

    private static void AssertRounds(float x)
    {
        float rounded = HalfPrecision.Round(Vector512.Create(x))[0];
        Assert.True(Same((float)(Half)x, rounded), $"{x:R}: {(float)(Half)x:R} and {rounded:R}");
    }

    private static bool Same(float a, float b) =>
        float.IsNaN(a) ? float.IsNaN(b) : BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);
}
