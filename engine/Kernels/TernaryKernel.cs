namespace BitNet.Engine.Kernels;

/// <summary>A product of packed ternary rows with int8 activations, exact in int32 (spec 3.1, steps 4 and 5).
/// Every implementation has this one contract and equals <see cref="I2SScalarKernel"/> bit for bit on the same codes.</summary>
public abstract unsafe class TernaryKernel
{
    /// <summary>Smallest unit of a row: 128 weights (spec 2.2).</summary>
    public const int BlockLength = 128;

    /// <summary>Row ranges that <see cref="MultiplyStreams"/> reads side by side. Four far-apart sequential streams a thread, each requested
    /// <see cref="StreamPrefetch"/> bytes ahead, read memory faster than one, two or eight (docs/kernels.md has the figures).</summary>
    public const int Streams = 4;

    /// <summary>Bytes ahead of its use at which each stream requests memory.</summary>
    protected const int StreamPrefetch = 2048;

    /// <summary>Name in the catalog, in options and in receipts, e.g. "i2s-avx512".</summary>
    public string Name => $"{Format.Name}-{Isa}";

    /// <summary>How the weights lie in memory.</summary>
    public abstract TernaryFormat Format { get; }

    /// <summary>Instruction-set level: scalar, vector128, avx2 or avx512.</summary>
    public abstract string Isa { get; }

    /// <summary>Why the catalog ranks it where it does.</summary>
    public abstract string Reason { get; }

    /// <summary>Whether this processor and runtime can execute it.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Bytes of one token's activations as this kernel reads them, a multiple of 64.</summary>
    public virtual int ActivationBytes(int columns) => columns;

    /// <summary>Brings one token's activations into the form that this kernel reads: another order, or look-up tables.</summary>
    /// <param name="quantized">columns int8 values in natural order, any values including −128.</param>
    /// <param name="columns">A multiple of <see cref="BlockLength"/>, at most <see cref="MaximumColumns"/>.</param>
    /// <param name="prepared"><see cref="ActivationBytes"/> bytes, aligned to 64.</param>
    public virtual void Prepare(sbyte* quantized, int columns, sbyte* prepared) =>
        Buffer.MemoryCopy(quantized, prepared, columns, columns);

    /// <summary>output[t·outputStride + r] = Σ_c (code(r,c) − 1) · q[t, c].</summary>
    /// <param name="packed">Consecutive rows in <see cref="Format"/>, codes 0, 1, 2 (code 3 is refused when a model is loaded).</param>
    /// <param name="rows">Any number ≥ 0.</param>
    /// <param name="columns">A multiple of <see cref="BlockLength"/>, at most <see cref="MaximumColumns"/>.</param>
    /// <param name="activations">tokens × <see cref="ActivationBytes"/>, from <see cref="Prepare"/>.</param>
    /// <param name="activationSums">Σ_c q[t, c] of each token (the offset trick: Σ(c−1)q = Σcq − Σq).</param>
    /// <param name="tokens">Any number ≥ 0.</param>
    /// <param name="output">tokens × outputStride, of which the first <paramref name="rows"/> of each token are written.</param>
    public abstract void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride);

    /// <summary>One token with <see cref="Streams"/> ranges of rows at once: output[i·outputStride + r] is row r of range i.</summary>
    /// <param name="packed">Row 0 of range 0; range i begins i · <paramref name="streamBytes"/> further on.</param>
    /// <param name="rows">Rows of each range, a multiple of the format's row group.</param>
    public virtual void MultiplyStreams(
        byte* packed, long streamBytes, int rows, int columns, sbyte* activations, int activationSum, int* output, int outputStride)
    {
        for (int i = 0; i < Streams; i++)
        {
            Multiply(packed + i * streamBytes, rows, columns, activations, &activationSum, 1, output + (long)i * outputStride, outputStride);
        }
    }

    /// <summary>The longest row: four times its largest sum, 4 · 2 · 128 · columns, stays below 2³¹.</summary>
    public const int MaximumColumns = 1 << 20;

    /// <summary>Pairs of byte products that may be added in an int16 lane before it is widened: each is at most
    /// 2 · 2 · 128 = 512 in magnitude, and 63 · 512 = 32,256 ≤ 32,767.</summary>
    protected const int PairsPerInt16 = 63;

    public override string ToString() => Name;
}
