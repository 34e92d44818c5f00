using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>Rotary embedding of one token's query heads. Each operation rotates the same buffer on: the lengths of the pairs stay.</summary>
public sealed class RopeWorkload : Workload
{
    private const int Position = 77;

    private readonly WorkloadId _id;
    private readonly ModelShape _shape;
    private readonly RotaryEmbedding _rotary;
    private readonly float[] _heads;

    public RopeWorkload(WorkloadId id, ModelShape shape)
    {
        (_id, _shape) = (id, shape);
        _rotary = new RotaryEmbedding(shape.RopeDimensions, shape.RopeBase, Position + 1);
        _heads = new float[shape.QueryWidth];
        Start();
    }

    public override void Run() => _rotary.Apply(_heads, _shape.HeadSize, Position);

    public override string Digest()
    {
        Start();
        Run();
        return ResultDigest.Of<float>(_heads);
    }

    /// <summary>Spec 4.3: angle position · base^(−2i/dimensions), here in double.</summary>
    public override ResultCheck Check()
    {
        Start();
        var expected = _heads.Select(v => (double)v).ToArray();
        var half = _shape.RopeDimensions / 2;
        for (var start = 0; start < expected.Length; start += _shape.HeadSize)
        {
            for (var i = 0; i < half; i++)
            {
                var (sine, cosine) = Math.SinCos(Position * Math.Pow(_shape.RopeBase, -2.0 * i / _shape.RopeDimensions));
                double x = expected[start + i], y = expected[start + i + half];
                (expected[start + i], expected[start + i + half]) = (x * cosine - y * sine, x * sine + y * cosine);
            }
        }
        // The specified angles are f32 products that drift by some ulp from the power: at position 77 some 1e-5.
        var digest = Digest();
        return FloatCheck.Compare(_id, _heads, expected, 1e-4, "scalar-double", digest);
    }

    private void Start() => RandomData.Fill(_heads, 0x707e);
}
