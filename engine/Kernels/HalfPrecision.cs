using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>IEEE binary16 to and from f32, 16 lanes at a time; .NET exposes no vector form of the processor's own instructions.
/// All results equal those of <see cref="Half"/>.</summary>
public static class HalfPrecision
{
    /// <summary>2¹¹²: an f16's exponent and mantissa, moved to an f32's place, are the value times 2⁻¹¹² (subnormals too).</summary>
    private const float Rebias = 5.192296858534828e33f;

    /// <summary>2⁹⁶ in what is multiplied with <see cref="Lower"/> and <see cref="Upper"/>, and 2¹⁶ in the sum, put back what they leave out (2¹¹²); all exact.</summary>
    public const float InputScale = 7.922816251426434e28f;

    /// <inheritdoc cref="InputScale"/>
    public const float SumScale = 65_536f;

    private const int InfinityExponent = 0x7f80_0000;

    /// <summary>Exact for every bit pattern, infinities and NaN included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToSingle(Vector256<short> half)
    {
        (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(half);
        Vector512<int> bits = Vector512.Create(lower, upper) << 13;
        Vector512<int> magnitude = bits & Vector512.Create(0x0fff_e000);
        Vector512<int> value = (magnitude.AsSingle() * Rebias).AsInt32();
        value |= Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(0x0f80_0000)) & Vector512.Create(InfinityExponent);
        return (value | (bits & Vector512.Create(int.MinValue))).AsSingle();
    }

    /// <summary>Rounds to the nearest f16, ties to even, and gives it as f32: what a store to f16 and a load would do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Round(Vector512<float> x)
    {
        Vector512<int> bits = x.AsInt32();
        Vector512<int> sign = bits & Vector512.Create(int.MinValue);
        Vector512<int> magnitude = bits & Vector512.Create(int.MaxValue);
        // 10 of 23 mantissa bits stay: add just under half, plus one when the last kept bit is odd.
        Vector512<int> odd = Vector512.ShiftRightLogical(magnitude, 13) & Vector512<int>.One;
        Vector512<int> normal = (magnitude + Vector512.Create(0xfff) + odd) & Vector512.Create(~0x1fff);
        // Below 2⁻¹⁴ the spacing is 2⁻²⁴, which is an ulp in [0.5, 1).
        Vector512<int> subnormal = (magnitude.AsSingle() + Vector512.Create(0.5f) - Vector512.Create(0.5f)).AsInt32();
        Vector512<int> rounded = Vector512.ConditionalSelect(
            Vector512.LessThan(magnitude, Vector512.Create(0x3880_0000)), subnormal, normal);
        // 65520 and more becomes infinity; NaN stays.
        Vector512<int> tooLarge = Vector512.GreaterThanOrEqual(magnitude, Vector512.Create(0x477f_f000));
        Vector512<int> large = Vector512.ConditionalSelect(
            Vector512.GreaterThan(magnitude, Vector512.Create(InfinityExponent)), magnitude, Vector512.Create(InfinityExponent));
        return (Vector512.ConditionalSelect(tooLarge, large, rounded) | sign).AsSingle();
    }

    /// <summary>The bits of x rounded to the nearest f16, ties to even, in 16 lanes of 32; NaN becomes infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ToHalfBits(Vector512<float> x)
    {
        // Multiplying by 2⁻¹¹² moves the exponent back to an f16's, exactly for what is an f16 already; infinity stays and is cut.
        Vector512<int> magnitude = Vector512.Abs(Round(x) * (1 / Rebias)).AsInt32() >>> 13;
        return Vector512.Min(magnitude, Vector512.Create(0x7c00)) | (x.AsInt32() >>> 16 & Vector512.Create(0x8000));
    }

    /// <summary>The lower f16 of each pair times 2⁻¹¹²: three instructions, where the caller can put the factor elsewhere.
    /// Infinity and NaN are not kept: they count as 65536 and more.</summary>
    /// <remarks>Sign, 5 exponent and 10 mantissa bits go to their f32 places; the shift fills bits 30..28 with the sign, masked away.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Lower(Vector512<int> pairs) => Upper(pairs << 16);

    /// <summary>The upper f16 of each pair times 2⁻¹¹²; see <see cref="Lower"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Upper(Vector512<int> pairs) =>
        (pairs >> 3 & Vector512.Create(unchecked((int)0x8fff_e000))).AsSingle();

    /// <summary>Exact for finite values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToSingle(short finite) => BitConverter.Int32BitsToSingle((finite & 0x7fff) << 13 | finite & int.MinValue) * Rebias;

    /// <summary>Rounds every value of a buffer to f16 precision in place.</summary>
    public static unsafe void Round(Span<float> values)
    {
        int i = 0;
        fixed (float* p = values)
        {
            for (; i + 16 <= values.Length; i += 16) Round(Vector512.Load(p + i)).Store(p + i);
        }
        for (; i < values.Length; i++) values[i] = (float)(Half)values[i];
    }

    /// <summary>Exact f16 → f32 of a buffer.</summary>
    public static unsafe void ToSingle(short* half, float* single, int count)
    {
        int i = 0;
        for (; i + 16 <= count; i += 16) ToSingle(Vector256.Load(half + i)).Store(single + i);
        for (; i < count; i++) single[i] = (float)BitConverter.Int16BitsToHalf(half[i]);
    }
}
