using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>The forward pass's own attention step for one token after a filled context. Successive operations take successive layers of a
/// cache that has as many layers as the cold set needs.</summary>
public sealed unsafe class AttentionWorkload : Workload
{
    private readonly WorkloadId _id;
    private readonly WorkerPool _pool;
    private readonly ModelShape _shape;
    private readonly RunState _state;
    private readonly AttentionWork _work = new();
    private readonly int _context;
    private int _layer;

    public AttentionWorkload(WorkloadId id, ModelShape shape, WorkerPool pool, int context, long coldBytes)
    {
        (_id, _pool, _context) = (id, pool, context);
        var layerBytes = WorkArithmetic.CacheBytesPerLayer(shape) * context;
        _shape = shape with { BlockCount = (int)Math.Max(2, (coldBytes + layerBytes - 1) / layerBytes) };
        _state = new RunState(_shape, context, batchCapacity: 1) { Position = context - 1 };
        Fill(_state.KeyCache, 0xca11);
        Fill(_state.ValueCache, 0xf111);
        RandomData.Fill(_state.Query.Span(0, _shape.QueryWidth), 0xa77e);
    }

    public override void Run()
    {
        _work.Run(_pool, _state, _state.ScratchFor(_pool.Threads), _layer);
        if (++_layer == _shape.BlockCount)
            _layer = 0;
    }

    public override string Digest()
    {
        _layer = 0;
        Run();
        return ResultDigest.Of(_state.Mixed.Pointer, _shape.QueryWidth);
    }

    public override ResultCheck Check()
    {
        var digest = Digest();
        var expected = new double[_shape.QueryWidth];
        for (var head = 0; head < _shape.HeadCount; head++)
            AttendPlainly(head, expected.AsSpan(head * _shape.HeadSize, _shape.HeadSize));
        // Query and probabilities are rounded to F16 (spec 4.4), the reference rounds nothing: 2⁻¹¹ each.
        return FloatCheck.Compare(_id, _state.Mixed.Span(0, _shape.QueryWidth), expected, 4e-3, "scalar-double", digest);
    }

    private void AttendPlainly(int head, Span<double> output)
    {
        var size = _shape.HeadSize;
        var offset = _state.CacheOffset(0, head / _shape.GroupSize);
        short* keys = _state.KeyCache.Pointer + offset, values = _state.ValueCache.Pointer + offset;
        var query = _state.Query.Span((long)head * size, size);
        var weights = new double[_context];
        for (var p = 0; p < _context; p++)
        {
            for (var d = 0; d < size; d++)
                weights[p] += query[d] * (double)BitConverter.Int16BitsToHalf(keys[GroupedAttention.KeyIndex(p, d, size)]);
        }
        var largest = weights.Max();
        var sum = 0.0;
        for (var p = 0; p < _context; p++)
            sum += weights[p] = Math.Exp((weights[p] - largest) / Math.Sqrt(size));
        for (var p = 0; p < _context; p++)
        {
            for (var d = 0; d < size; d++)
                output[d] += weights[p] / sum * (double)BitConverter.Int16BitsToHalf(values[GroupedAttention.ValueIndex(p, d, _state.PaddedContext)]);
        }
    }

    /// <summary>±[0.5, 1) in F16: sign and mantissa at random.</summary>
    private static void Fill(HugePageBuffer<short> cache, ulong seed)
    {
        const long Piece = 1 << 16;
        Parallel.For(0, (int)((cache.Length + Piece - 1) / Piece), piece =>
        {
            var random = new SplitMix64(seed ^ (ulong)piece * 0xd1342543de82ef95);
            foreach (ref var value in new Span<short>(cache.Pointer + piece * Piece, (int)Math.Min(Piece, cache.Length - piece * Piece)))
                value = (short)(0x3800 | (int)(random.Next() >> 32) & 0x83ff);
        });
    }

    public override void Dispose()
    {
        _state.Dispose();
        base.Dispose();
    }
}
