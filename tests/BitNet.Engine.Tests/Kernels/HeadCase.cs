using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Kernels;

/// <summary>An F16 head and an input, with the full head's logits as the oracle.</summary>
internal sealed unsafe class HeadCase : IDisposable
{
    private readonly AlignedBuffer<short> _weights;
    private readonly AlignedBuffer<float> _prepared;
    private readonly AlignedBuffer<float> _logits;

    /// <param name="weight">Value of row and column; rounded to F16.</param>
    /// <param name="input">Value of a column.</param>
    public HeadCase(int rows, int columns, Func<int, int, double> weight, Func<int, float> input)
    {
        (Rows, Columns) = (rows, columns);
        (_weights, _prepared, _logits) = (new((long)rows * columns), new(columns), new(rows));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                _weights.Pointer[(long)row * columns + column] = BitConverter.HalfToInt16Bits((Half)weight(row, column));
            }
        }
        Input = [.. Enumerable.Range(0, columns).Select(input)];
        Screening = new ScreeningRows(Weights, rows, columns);
        HalfHead.Prepare(Input, _prepared.Span(0, columns));
        HalfHead.Multiply(Weights, rows, columns, _prepared.Pointer, _logits.Pointer);
    }

    public int Rows { get; }

    public int Columns { get; }

    public short* Weights => _weights.Pointer;

    public float[] Input { get; }

    public ScreeningRows Screening { get; }

    public ReadOnlySpan<float> Logits => _logits.Span(0, Rows);

    public double Weight(int row, int column) => (double)BitConverter.Int16BitsToHalf(Weights[(long)row * Columns + column]);

    /// <summary>Fails unless one, some and all of the best are the full head's, bit for bit, with one to three threads.</summary>
    /// <returns>The most rows computed in F16 for the best one.</returns>
    public int AssertBestEqualTheFullHead(params int[] counts)
    {
        RankedLogit[] expected = new RankedLogit[Rows];
        for (int id = 0; id < Rows; id++) expected[id] = new RankedLogit(Logits[id], id);
        RankedLogit.Sort(expected);
        Assert.Equal(Sampler.LargestIndex(Logits), expected[0].Id);
        int candidates = 0;
        for (int threads = 1; threads <= 3; threads++)
        {
            using WorkerPool pool = new(threads);
            using ScreenedHead head = new(Weights, Screening, pool);
            foreach (int count in (int[])[1, 2, 40, .. counts])
            {
                Assert.Equal(expected[..Math.Min(count, Rows)], head.Top(Input, count).ToArray());
                if (count == 1) candidates = Math.Max(candidates, head.Candidates);
            }
        }
        return candidates;
    }

    /// <summary>Lower and upper bounds of all rows; false where this input has none.</summary>
    public bool Bound(float[] lower, float[] upper)
    {
        using ScreeningInput x = new(Columns);
        if (!x.Set(Input)) return false;
        int padded = (Rows + ScreeningBounds.RowMultiple - 1) / ScreeningBounds.RowMultiple * ScreeningBounds.RowMultiple;
        using AlignedBuffer<long> dots = new(padded);
        using AlignedBuffer<float> low = new(padded), high = new(padded);
        ScreeningKernel.Multiply(Screening.Codes, Rows, Columns, x.Codes, dots.Pointer);
        ScreeningBounds.Apply(Screening, 0, Rows, x, dots.Pointer, low.Pointer, high.Pointer);
        low.Span(0, Rows).CopyTo(lower);
        high.Span(0, Rows).CopyTo(upper);
        return true;
    }

    public void Dispose()
    {
        Screening.Dispose();
        _weights.Dispose();
        _prepared.Dispose();
        _logits.Dispose();
    }

    /// <summary>Standard normal numbers that depend on their place only.</summary>
    public static double Normal(int seed, int row, int column)
    {
        double u = Uniform(seed, row, column), v = Uniform(seed + 1000, row, column);
        return Math.Sqrt(-2 * Math.Log(1 - u)) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>Uniform in [0, 1), by the mixing of SplitMix64.</summary>
    public static double Uniform(int seed, int row, int column)
    {
        ulong z = (ulong)seed * 0x9e37_79b9_7f4a_7c15 + (ulong)row * 0xd134_2543_de82_ef95 + (ulong)column * 0xaf25_1af3_b0f0_25b5 + 1;
        z = (z ^ z >> 30) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ z >> 27) * 0x94d0_49bb_1331_11eb;
        return ((z ^ z >> 31) >> 11) * (1.0 / (1UL << 53));
    }
}
