using System.Runtime.InteropServices;
using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>int8 quantisation of one token's activations.</summary>
public sealed class QuantizeWorkload : Workload
{
    private readonly WorkloadId _id;
    private readonly int _length;
    // Values and codes in one piece: arrays of their own lie elsewhere in every process, and the time is one of two.
    private readonly AlignedBuffer<byte> _vectors;
    private float _scale;
    private int _sum;

    public QuantizeWorkload(WorkloadId id, int length)
    {
        (_id, _length, _vectors) = (id, length, new((sizeof(float) + sizeof(sbyte)) * (long)length));
        RandomData.Fill(Values, 0x9a);
    }

    private Span<float> Values => MemoryMarshal.Cast<byte, float>(_vectors.Span(0, sizeof(float) * _length));

    private Span<sbyte> Codes => MemoryMarshal.Cast<byte, sbyte>(_vectors.Span(sizeof(float) * (long)_length, _length));

    public override void Run() => _scale = ActivationQuantizer.Quantize(Values, Codes, out _sum);

    public override string Digest()
    {
        Run();
        return ResultDigest.Of<sbyte>(Codes);
    }

    /// <summary>Spec 3.1, steps 1 to 4, value by value.</summary>
    public override ResultCheck Check()
    {
        var digest = Digest();
        var x = Values.ToArray();
        var q = Codes.ToArray();
        var scale = (float)(127.0 / Math.Max(1e-5, x.Max(Math.Abs)));
        if (scale != _scale)
            throw new WrongResultException($"{_id}: scale is {_scale:R}; the specification gives {scale:R}");
        for (var i = 0; i < x.Length; i++)
        {
            var expected = Math.Clamp((int)MathF.Round(x[i] * scale, MidpointRounding.ToEven), -128, 127);
            if (q[i] != expected)
                throw new WrongResultException($"{_id}: value {i} is {q[i]}; the specification gives {expected}");
        }
        var sum = q.Sum(q => q);
        if (sum != _sum)
            throw new WrongResultException($"{_id}: the sum is {_sum}; the values add up to {sum}");
        return new ResultCheck(digest, "scalar", x.Length + 2, null);
    }

    public override void Dispose()
    {
        _vectors.Dispose();
        base.Dispose();
    }
}
