using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>The best logit of one position by the screened head; where the int8 copy is smaller than the cold set, over several.</summary>
public sealed unsafe class ScreenedHeadWorkload : Workload
{
    /// <summary>Held against the full head and digested; one is timed.</summary>
    private const int Checked = 40;

    private readonly WorkloadId _id;
    private readonly ModelWeights _weights;
    private readonly ScreeningRows[] _copies;
    private readonly float[] _input;
    private readonly ScreenedHead _head;
    private int _copy;

    public ScreenedHeadWorkload(WorkloadId id, ModelWeights weights, WorkerPool pool, long coldBytes)
    {
        (_id, _weights) = (id, weights);
        var first = weights.Screening;
        _copies = new ScreeningRows[Math.Max(1, (coldBytes + first.ExtraBytes - 1) / first.ExtraBytes)];
        _copies[0] = first;
        for (var i = 1; i < _copies.Length; i++)
            _copies[i] = new ScreeningRows(weights.Embedding, first.Rows, first.Columns);
        _input = new float[first.Columns];
        RandomData.Fill(_input, 0x4ead);
        _head = new ScreenedHead(weights.Embedding, first, pool);
    }

    public override void Run()
    {
        _head.Use(_copies[_copy]);
        if (++_copy == _copies.Length)
            _copy = 0;
        _head.Top(_input, 1);
    }

    public override string Digest()
    {
        _head.Use(_copies[0]);
        return ResultDigest.Of(_head.Top(_input, Checked));
    }

    public override ResultCheck Check()
    {
        var digest = Digest();
        _head.Use(_copies[0]);
        var found = _head.Top(_input, Checked).ToArray();
        var candidates = _head.Candidates;
        var expected = FullHead()[..found.Length];
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] != expected[i])
                throw new WrongResultException($"{_id}: place {i} has token {found[i].Id} with {found[i].Logit:G9}; the full head gives token {expected[i].Id} with {expected[i].Logit:G9}");
        }
        return new ResultCheck(digest, "full-head", found.Length, $"the best {found.Length}, bit for bit; {candidates} of {_copies[0].Rows} rows computed in F16");
    }

    private RankedLogit[] FullHead()
    {
        var rows = _copies[0];
        using var prepared = new AlignedBuffer<float>(rows.Columns);
        using var logits = new AlignedBuffer<float>(rows.Rows);
        HalfHead.Prepare(_input, prepared.Span(0, rows.Columns));
        HalfHead.Multiply(_weights.Embedding, rows.Rows, rows.Columns, prepared.Pointer, logits.Pointer);
        var ranked = new RankedLogit[rows.Rows];
        for (var id = 0; id < ranked.Length; id++)
            ranked[id] = new RankedLogit(logits.Pointer[id], id);
        RankedLogit.Sort(ranked);
        return ranked;
    }

    public override void Dispose()
    {
        _head.Dispose();
        foreach (var copy in _copies[1..])
            copy.Dispose();
        base.Dispose();
    }
}
