namespace BitNet.Engine.Kernels;

/// <summary>A product of I2_S-packed ternary rows with int8 activations, exact in int32 (spec 3.1, steps 4 and 5).
/// Every implementation has this one contract and equals <see cref="ScalarKernel"/> bit for bit.</summary>
public abstract unsafe class TernaryKernel
{
    /// <summary>Smallest unit of a row: 128 weights in 32 bytes (spec 2.2).</summary>
    public const int BlockLength = 128;

    /// <summary>Name in the catalog, in options and in receipts, e.g. "i2s-avx512".</summary>
    public abstract string Name { get; }

    /// <summary>Weight format: "i2s".</summary>
    public abstract string Format { get; }

    /// <summary>Instruction-set level: scalar, vector128, avx2 or avx512.</summary>
    public abstract string Isa { get; }

    /// <summary>Why the catalog ranks it where it does.</summary>
    public abstract string Reason { get; }

    /// <summary>Whether this processor and runtime can execute it.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>output[t·outputStride + r] = Σ_c (code(r,c) − 1) · activations[t·columns + c].</summary>
    /// <param name="packed">rows × columns/4 bytes, codes 0, 1, 2 (code 3 is refused when a model is loaded).</param>
    /// <param name="rows">Any number ≥ 0.</param>
    /// <param name="columns">A multiple of <see cref="BlockLength"/>, at most <see cref="MaximumColumns"/>.</param>
    /// <param name="activations">tokens × columns, any int8 values including −128.</param>
    /// <param name="activationSums">Σ_c activations[t·columns + c] of each token (the offset trick: Σ(c−1)q = Σcq − Σq).</param>
    /// <param name="tokens">Any number ≥ 0.</param>
    /// <param name="output">tokens × outputStride, of which the first <paramref name="rows"/> of each token are written.</param>
    public abstract void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride);

    /// <summary>The longest row for which an int32 sum cannot overflow: 2 · 128 · columns &lt; 2³¹.</summary>
    public const int MaximumColumns = 1 << 22;

    /// <summary>Pairs of byte products that may be added in an int16 lane before it is widened: each is at most
    /// 2 · 2 · 128 = 512 in magnitude, and 63 · 512 = 32,256 ≤ 32,767.</summary>
    protected const int PairsPerInt16 = 63;

    public override string ToString() => Name;
}
