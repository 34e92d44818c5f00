using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>RMSNorm of one token.</summary>
public sealed class NormWorkload : Workload
{
    private const float Epsilon = 1e-5f;

    private readonly WorkloadId _id;
    private readonly int _length;
    // x, gain and y side by side: arrays of their own lie elsewhere in every process, and the time follows.
    private readonly AlignedBuffer<float> _vectors;

    public NormWorkload(WorkloadId id, int length)
    {
        (_id, _length, _vectors) = (id, length, new(3L * length));
        RandomData.Fill(X, 0x0a);
        RandomData.Fill(Gain, 0x0b);
    }

    private Span<float> X => _vectors.Span(0, _length);

    private Span<float> Gain => _vectors.Span(_length, _length);

    private Span<float> Y => _vectors.Span(2L * _length, _length);

    public override void Run() => RmsNorm.Apply(X, Gain, Epsilon, Y);

    public override string Digest()
    {
        Run();
        return ResultDigest.Of<float>(Y);
    }

    public override ResultCheck Check()
    {
        var digest = Digest();
        var x = X.ToArray();
        var scale = 1 / Math.Sqrt(x.Sum(v => (double)v * v) / x.Length + Epsilon);
        return FloatCheck.Compare(_id, Y, [.. x.Zip(Gain.ToArray(), (v, g) => v * scale * g)], 1e-6, "scalar-double", digest);
    }

    public override void Dispose()
    {
        _vectors.Dispose();
        base.Dispose();
    }
}
