using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>int8 quantisation of one token's activations.</summary>
public sealed class QuantizeWorkload : Workload
{
    private readonly WorkloadId _id;
    private readonly float[] _x;
    private readonly sbyte[] _q;
    private float _scale;
    private int _sum;

    public QuantizeWorkload(WorkloadId id, int length)
    {
        (_id, _x, _q) = (id, new float[length], new sbyte[length]);
        RandomData.Fill(_x, 0x9a);
    }

    public override void Run() => _scale = ActivationQuantizer.Quantize(_x, _q, out _sum);

    public override string Digest()
    {
        Run();
        return ResultDigest.Of<sbyte>(_q);
    }

    /// <summary>Spec 3.1, steps 1 to 4, value by value.</summary>
    public override ResultCheck Check()
    {
        var digest = Digest();
        var scale = (float)(127.0 / Math.Max(1e-5, _x.Max(Math.Abs)));
        if (scale != _scale)
            throw new WrongResultException($"{_id}: scale is {_scale:R}; the specification gives {scale:R}");
        for (var i = 0; i < _x.Length; i++)
        {
            var expected = Math.Clamp((int)MathF.Round(_x[i] * scale, MidpointRounding.ToEven), -128, 127);
            if (_q[i] != expected)
                throw new WrongResultException($"{_id}: value {i} is {_q[i]}; the specification gives {expected}");
        }
        var sum = _q.Sum(q => q);
        if (sum != _sum)
            throw new WrongResultException($"{_id}: the sum is {_sum}; the values add up to {sum}");
        return new ResultCheck(digest, "scalar", _x.Length + 2, null);
    }
}
