using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>Logits of one position from the F16 head, over the model's own table; where that is smaller than the cold set, over copies of it.</summary>
public sealed unsafe class HeadWorkload : Workload
{
    private const int CheckedRows = 1024;

    private readonly WorkloadId _id;
    private readonly WorkerPool _pool;
    private readonly int _rows;
    private readonly int _columns;
    private readonly HugePageBuffer<byte>? _copied;
    private readonly int _copies;
    private readonly float[] _input;
    private readonly AlignedBuffer<float> _prepared;
    private readonly AlignedBuffer<float> _logits;
    private readonly Rows _work;
    private int _copy;

    public HeadWorkload(WorkloadId id, ModelWeights weights, WorkerPool pool, long coldBytes)
    {
        (_id, _pool) = (id, pool);
        (_rows, _columns) = (weights.Shape.VocabularySize, weights.Shape.EmbeddingLength);
        var table = weights.Embedding;
        _copies = (int)((coldBytes + weights.HeadBytes - 1) / weights.HeadBytes);
        if (_copies > 1)
        {
            _copied = new HugePageBuffer<byte>(_copies * weights.HeadBytes);
            for (var i = 0; i < _copies; i++)
                Buffer.MemoryCopy(table, _copied.Pointer + i * weights.HeadBytes, weights.HeadBytes, weights.HeadBytes);
            table = (short*)_copied.Pointer;
        }
        _input = new float[_columns];
        RandomData.Fill(_input, 0x4ead);
        _prepared = new(_columns);
        _logits = new(_rows);
        HalfHead.Prepare(_input, _prepared.Span(0, _columns));
        _work = new Rows(table, _columns, _prepared.Pointer, _logits.Pointer);
    }

    public override void Run()
    {
        _work.Table = _work.First + (long)_copy * _rows * _columns;
        if (++_copy == _copies)
            _copy = 0;
        _pool.Run(_work, _rows, Transformer.HeadGrain(_rows, _pool.Threads));
    }

    public override string Digest()
    {
        _copy = 0;
        Run();
        return ResultDigest.Of(_logits.Pointer, _rows);
    }

    public override ResultCheck Check()
    {
        var digest = Digest();
        var rows = SampledRows.Of(_rows, CheckedRows);
        var found = new float[rows.Length];
        var expected = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            found[i] = _logits.Pointer[row];
            for (var c = 0; c < _columns; c++)
                expected[i] += (double)BitConverter.Int16BitsToHalf(_work.First[(long)row * _columns + c]) * _input[c];
        }
        return FloatCheck.Compare(_id, found, expected, 1e-5, "scalar-double", digest);
    }

    public override void Dispose()
    {
        _prepared.Dispose();
        _logits.Dispose();
        _copied?.Dispose();
        base.Dispose();
    }

    private sealed class Rows(short* first, int columns, float* prepared, float* logits) : ParallelWork
    {
        public short* First { get; } = first;
        public short* Table = first;

        public override void Execute(int begin, int end, int worker) =>
            HalfHead.Multiply(Table + (long)begin * columns, end - begin, columns, prepared, logits + begin);
    }
}
