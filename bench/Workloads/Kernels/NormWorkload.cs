using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>RMSNorm of one token.</summary>
public sealed class NormWorkload : Workload
{
    private const float Epsilon = 1e-5f;

    private readonly WorkloadId _id;
    private readonly float[] _x;
    private readonly float[] _gain;
    private readonly float[] _y;

    public NormWorkload(WorkloadId id, int length)
    {
        (_id, _x, _gain, _y) = (id, new float[length], new float[length], new float[length]);
        RandomData.Fill(_x, 0x0a);
        RandomData.Fill(_gain, 0x0b);
    }

    public override void Run() => RmsNorm.Apply(_x, _gain, Epsilon, _y);

    public override string Digest()
    {
        Run();
        return ResultDigest.Of<float>(_y);
    }

    public override ResultCheck Check()
    {
        var digest = Digest();
        var scale = 1 / Math.Sqrt(_x.Sum(v => (double)v * v) / _x.Length + Epsilon);
        return FloatCheck.Compare(_id, _y, [.. _x.Zip(_gain, (v, g) => v * scale * g)], 1e-6, "scalar-double", digest);
    }
}
