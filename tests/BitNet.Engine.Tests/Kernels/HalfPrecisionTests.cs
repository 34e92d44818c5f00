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

    [Fact]
    public void A_pairs_halves_are_their_values_times_a_power_of_two()
    {
        for (int bits = 0; bits < 1 << 16; bits++)
        {
            if ((bits & 0x7c00) == 0x7c00) continue;
            float expected = (float)BitConverter.Int16BitsToHalf((short)bits) * 1.925929944387236e-34f; // 2⁻¹¹²
            int other = 0x5555 ^ bits >> 3;
            Assert.True(Same(expected, HalfPrecision.Lower(Vector512.Create(bits | other << 16))[0]), $"{bits:x4}");
            Assert.True(Same(expected, HalfPrecision.Upper(Vector512.Create(bits << 16 | other))[0]), $"{bits:x4}");
        }
    }

    private static void AssertRounds(float x)
    {
        short bits = (short)HalfPrecision.ToHalfBits(Vector512.Create(x))[0];
        Assert.Equal(float.IsNaN(x) ? Half.PositiveInfinity : (Half)x, BitConverter.Int16BitsToHalf((short)(float.IsNaN(x) ? bits & 0x7fff : bits)));
        float rounded = HalfPrecision.Round(Vector512.Create(x))[0];
        Assert.True(Same((float)(Half)x, rounded), $"{x:R}: {(float)(Half)x:R} and {rounded:R}");
    }

    private static bool Same(float a, float b) =>
        float.IsNaN(a) ? float.IsNaN(b) : BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);
}
