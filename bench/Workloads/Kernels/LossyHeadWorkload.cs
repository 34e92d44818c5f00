using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>All logits of one position from a lossy copy of the head; where that is smaller than the cold set, over several. Held against the scalar form of the same
/// product with rows packed anew: what packing loses is not part of the check.</summary>
public sealed unsafe class LossyHeadWorkload : Workload
{
    private const int CheckedRows = 1024;

    private readonly WorkloadId _id;
    private readonly ModelWeights _weights;
    private readonly LossyRows[] _copies;
    private readonly float[] _input;
    private readonly LossyHead _head;
    private readonly AlignedBuffer<float> _logits;
    private int _copy;

    public LossyHeadWorkload(WorkloadId id, ModelWeights weights, LossyHeadFormat format, WorkerPool pool, long coldBytes)
    {
        (_id, _weights) = (id, weights);
        var first = weights.HeadIn(format);
        _copies = new LossyRows[Math.Max(1, (coldBytes + first.Bytes - 1) / first.Bytes)];
        _copies[0] = first;
        for (var i = 1; i < _copies.Length; i++)
            _copies[i] = new LossyRows(format, weights.Embedding, first.Rows, first.Columns);
        _input = new float[first.Columns];
        RandomData.Fill(_input, 0x4ead);
        _logits = new(first.Rows);
        _head = new LossyHead(first, pool);
    }

    public override void Run()
    {
        _head.Use(_copies[_copy]);
        if (++_copy == _copies.Length)
            _copy = 0;
        _head.Multiply(_input, _logits.Pointer);
    }

    public override string Digest()
    {
        _copy = 0;
        Run();
        return ResultDigest.Of(_logits.Pointer, _copies[0].Rows);
    }

    public override ResultCheck Check()
    {
        var digest = Digest();
        var rows = _copies[0];
        var sampled = SampledRows.Of(rows.Rows, CheckedRows);
        using var codes = new ScreeningInput(rows.Columns);
        codes.Set(_input);
        using var packed = new AlignedBuffer<byte>(rows.Format.RowBytes(rows.Columns));
        foreach (var row in sampled)
        {
            float expected;
            rows.Format.Pack(_weights.Embedding + (long)row * rows.Columns, rows.Columns, packed.Pointer);
            rows.Format.MultiplyScalar(packed.Pointer, 1, rows.Columns, codes.Codes, &expected);
            expected *= (float)codes.Step;
            if (_logits.Pointer[row] != expected)
                throw new WrongResultException($"{_id}: logit {row} is {_logits.Pointer[row]:G9}; the scalar form gives {expected:G9}");
        }
        return new ResultCheck(digest, "scalar", sampled.Length, null);
    }

    public override void Dispose()
    {
        _head.Dispose();
        _logits.Dispose();
        foreach (var copy in _copies[1..])
            copy.Dispose();
        base.Dispose();
    }
}
