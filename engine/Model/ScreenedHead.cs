using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>The best logits of one position exactly as the full F16 head gives them, at half its bytes: an int8 copy bounds every
/// logit, and only rows that can be among the best are computed in F16. Allocates nothing after construction. One caller at a time.</summary>
public sealed unsafe class ScreenedHead : IDisposable
{
    private ScreeningRows _rows;
    private readonly WorkerPool _pool;
    private readonly ScreeningInput _input;
    private readonly AlignedBuffer<float> _prepared;
    private readonly ScreeningWork _screening;
    private readonly CandidateWork _exact;
    private readonly AlignedBuffer<float> _lower;
    private readonly AlignedBuffer<float> _upper;
    private readonly RankedLogit[] _ranked;
    private float[] _best = [];

    /// <param name="weights">rows × columns F16, of which <paramref name="rows"/> is the copy.</param>
    public ScreenedHead(short* weights, ScreeningRows rows, WorkerPool pool)
    {
        (_rows, _pool) = (rows, pool);
        int padded = rows.Rows + ScreeningBounds.RowMultiple;
        (_input, _prepared, _lower, _upper) = (new(rows.Columns), new(rows.Columns), new(padded), new(padded));
        _ranked = new RankedLogit[rows.Rows];
        _screening = new(rows, _input, _lower.Pointer, _upper.Pointer, pool.Threads, Grain);
        _exact = new(weights, rows.Rows, rows.Columns, _prepared.Pointer);
    }

    /// <summary>Screens by another int8 copy of the same rows from now on, one that has left the caches.</summary>
    internal void Use(ScreeningRows rows) => _rows = _screening.Rows = rows;

    /// <summary>Rows that the last call computed in F16.</summary>
    public int Candidates { get; private set; }

    /// <summary>Rows handed out at once: several portions a worker, each long enough for four streams, and whole steps of the bounds.</summary>
    private int Grain => Math.Max(64, _rows.Rows / (_pool.Threads * 64) / ScreeningBounds.RowMultiple * ScreeningBounds.RowMultiple);

    /// <summary>The <paramref name="count"/> best, best first, of equals the smaller id first; all rows where there are fewer.
    /// Valid until the next call.</summary>
    /// <param name="x">columns values.</param>
    /// <exception cref="EvaluationException">A logit is NaN, which takes an x that is not finite.</exception>
    public ReadOnlySpan<RankedLogit> Top(ReadOnlySpan<float> x, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        count = Math.Min(count, _rows.Rows);
        HalfHead.Prepare(x, _prepared.Span(0, _rows.Columns));
        // Where there is no bound, or a large part is wanted anyway, every row is a candidate.
        Candidates = count <= _rows.Rows / 8 && _input.Set(x) ? Screen(count) : All();
        _pool.Run(_exact, Candidates, Transformer.HeadGrain(Candidates, _pool.Threads));
        Span<RankedLogit> ranked = _ranked.AsSpan(0, Candidates);
        for (int i = 0; i < ranked.Length; i++) ranked[i] = new RankedLogit(_exact.Logits[i], _exact.Ids[i]);
        RankedLogit.Sort(ranked);
        return ranked[..count];
    }

    private int All()
    {
        for (int id = 0; id < _rows.Rows; id++) _exact.Ids[id] = id;
        return _rows.Rows;
    }

    private int Screen(int count)
    {
        if (_best.Length < count) _best = new float[count];
        _pool.Run(_screening, _rows.Rows, Grain, ScreeningBounds.RowMultiple);
        // count rows have a logit of at least this, so one whose upper bound is below it is behind them all, ties included.
        float threshold = ScreeningThreshold.Largest(_lower.Pointer, _rows.Rows, _best.AsSpan(0, count));
        return ScreeningThreshold.Reaching(_upper.Pointer, _rows.Rows, threshold, _exact.Ids);
    }

    public void Dispose()
    {
        IDisposable[] parts = [_input, _prepared, _lower, _upper, _screening, _exact];
        foreach (IDisposable part in parts) part.Dispose();
    }
}

/// <summary>Bounds of all rows' logits.</summary>
internal sealed unsafe class ScreeningWork(ScreeningRows rows, ScreeningInput input, float* lower, float* upper, int threads, int grain)
    : ParallelWork, IDisposable
{
    public ScreeningRows Rows = rows;

    /// <summary>threads × grain.</summary>
    private readonly AlignedBuffer<long> _dots = new((long)threads * grain);

    public override void Execute(int begin, int end, int worker)
    {
        long* dots = _dots.Pointer + (long)worker * grain;
        ScreeningKernel.Multiply(Rows.Codes + (long)begin * Rows.Columns, end - begin, Rows.Columns, input.Codes, dots);
        ScreeningBounds.Apply(Rows, begin, end - begin, input, dots, lower + begin, upper + begin);
    }

    public void Dispose() => _dots.Dispose();
}

/// <summary>F16 logits of some rows.</summary>
internal sealed unsafe class CandidateWork(short* weights, int rows, int columns, float* prepared) : ParallelWork, IDisposable
{
    private readonly AlignedBuffer<int> _ids = new(rows);
    private readonly AlignedBuffer<float> _logits = new(rows);

    /// <summary>rows: the candidates first, ascending.</summary>
    public int* Ids => _ids.Pointer;

    /// <summary>rows: one for each candidate.</summary>
    public float* Logits => _logits.Pointer;

    public override void Execute(int begin, int end, int worker)
    {
        if (Ids[end - 1] - Ids[begin] == end - 1 - begin)
        {
            HalfHead.Multiply(weights + (long)Ids[begin] * columns, end - begin, columns, prepared, Logits + begin);
            return;
        }
        for (int i = begin; i < end; i++) HalfHead.Multiply(weights + (long)Ids[i] * columns, 1, columns, prepared, Logits + i);
    }

    public void Dispose()
    {
        _ids.Dispose();
        _logits.Dispose();
    }
}
