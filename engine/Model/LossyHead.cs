using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>All logits of one position from a lossy copy of the head: other logits than the F16 head's. Activations are rounded to 16 bits, so that nearly all
/// that is lost is lost by the weights. Allocates nothing after construction but for a larger count of best logits. One caller at a time.</summary>
/// <param name="scalar">By the definition of the product, one weight at a time: what the vector form is held against.</param>
public sealed unsafe class LossyHead(LossyRows rows, WorkerPool pool, bool scalar = false) : IDisposable
{
    private readonly ScreeningInput _input = new(rows.Columns);
    private readonly RowsWork _work = new(scalar);
    private RankedLogit[] _best = [];

    public LossyHeadFormat Format => rows.Format;

    /// <summary>Reads another copy of the same rows from now on, one that has left the caches.</summary>
    internal void Use(LossyRows copy) => rows = copy;

    /// <param name="x">columns values; where one is not finite or above 65504 in magnitude, every logit is NaN.</param>
    /// <param name="logits">rows.</param>
    public void Multiply(ReadOnlySpan<float> x, float* logits)
    {
        if (!_input.Set(x))
        {
            new Span<float>(logits, rows.Rows).Fill(float.NaN);
            return;
        }
        _work.Set(rows, _input.Codes, (float)_input.Step, logits);
        pool.Run(_work, rows.Rows, Transformer.HeadGrain(rows.Rows, pool.Threads));
    }

    /// <summary>The <paramref name="count"/> best of all logits, best first, of equals the smaller id first. Valid until the next call.</summary>
    /// <exception cref="EvaluationException">A logit is NaN.</exception>
    public ReadOnlySpan<RankedLogit> Best(ReadOnlySpan<float> logits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        count = Math.Min(count, logits.Length);
        if (_best.Length < count) _best = new RankedLogit[count];
        Span<RankedLogit> best = _best.AsSpan(0, count);
        RankedLogit.Best(logits, best);
        return best;
    }

    public void Dispose() => _input.Dispose();

    private sealed class RowsWork(bool scalar) : ParallelWork
    {
        private LossyRows _rows = null!;
        private short* _codes;
        private float _step;
        private float* _logits;

        public void Set(LossyRows rows, short* codes, float step, float* logits)
        {
            (_rows, _step) = (rows, step);
            _codes = codes;
            _logits = logits;
        }

        public override void Execute(int begin, int end, int worker)
        {
            byte* first = _rows.Packed + begin * _rows.Format.RowBytes(_rows.Columns);
            if (scalar) _rows.Format.MultiplyScalar(first, end - begin, _rows.Columns, _codes, _logits + begin);
            else _rows.Format.Multiply(first, end - begin, _rows.Columns, _codes, _logits + begin);
            for (int row = begin; row < end; row++) _logits[row] *= _step;
        }
    }
}
