using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>A form of the head that loses something of its F16 weights: blocks of fixed bytes with a scale in F16, as GGML defines Q8_0 and Q6_K. Rows lie
/// one after another. See "Lossy heads" in docs/kernels.md.</summary>
public abstract unsafe class LossyHeadFormat
{
    /// <summary>Name in options and workload ids, e.g. "q8_0".</summary>
    public abstract string Name { get; }

    /// <summary>Whether <see cref="Multiply"/> has a vector form on this processor; else it is <see cref="MultiplyScalar"/>, which is far from what memory gives.</summary>
    public static bool HasVectorForm => Avx512BW.IsSupported;

    /// <summary>Weights of a block; columns are a multiple of it.</summary>
    public abstract int BlockColumns { get; }

    public abstract int BlockBytes { get; }

    public long RowBytes(int columns) => (long)columns / BlockColumns * BlockBytes;

    /// <summary>Rounds one row; to the nearest code, of two equally near the even one.</summary>
    /// <param name="row">columns F16, finite.</param>
    /// <param name="target">RowBytes(columns).</param>
    public abstract void Pack(short* row, int columns, byte* target);

    /// <summary>The weights that a packed row stands for.</summary>
    /// <param name="packed">RowBytes(columns).</param>
    /// <param name="weights">columns values.</param>
    public abstract void Unpack(byte* packed, int columns, Span<float> weights);

    /// <summary>Σ weight · code of each row, the same bits as <see cref="MultiplyScalar"/>.</summary>
    /// <param name="rows">count × RowBytes(columns).</param>
    /// <param name="x">columns codes, at most <see cref="ScreeningKernel.LargestCode"/> in magnitude.</param>
    /// <param name="dots">count.</param>
    public abstract void Multiply(byte* rows, int count, int columns, short* x, float* dots);

    /// <summary>The definition of <see cref="Multiply"/>, one weight at a time.</summary>
    public abstract void MultiplyScalar(byte* rows, int count, int columns, short* x, float* dots);

    /// <summary>Whether columns are whole blocks.</summary>
    public bool Fits(int columns) => columns >= BlockColumns && columns % BlockColumns == 0;

    /// <exception cref="ArgumentOutOfRangeException">Columns that are no whole blocks.</exception>
    public void Check(int columns)
    {
        if (!Fits(columns))
            throw new ArgumentOutOfRangeException(nameof(columns), columns, $"a multiple of {BlockColumns}, a block of {Name}");
    }

    public override string ToString() => Name;
}
