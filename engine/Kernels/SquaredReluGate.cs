using System.Numerics;
using System.Runtime.InteropServices;

namespace BitNet.Engine.Kernels;

/// <summary>The feed-forward gate of BitNet b1.58 2B-4T: squared ReLU on the gate branch, the up branch as it is (spec 4.1).</summary>
public static class SquaredReluGate
{
    /// <summary>f_i = max(g_i, 0)² · u_i, in place of g. Values reach some 1.7e6: f32 only (spec 4.6).</summary>
    public static void Apply(Span<float> gate, ReadOnlySpan<float> up)
    {
        if (gate.Length != up.Length) throw new ArgumentException($"gate has {gate.Length} values, up {up.Length}; they must agree");
        ref float g = ref MemoryMarshal.GetReference(gate);
        ref float u = ref MemoryMarshal.GetReference(up);
        int i = 0;
        for (; i + Vector<float>.Count <= gate.Length; i += Vector<float>.Count)
        {
            Vector<float> positive = Vector.Max(Vector.LoadUnsafe(ref g, (nuint)i), Vector<float>.Zero);
            (positive * positive * Vector.LoadUnsafe(ref u, (nuint)i)).StoreUnsafe(ref g, (nuint)i);
        }
        for (; i < gate.Length; i++)
        {
            float positive = MathF.Max(gate[i], 0);
            gate[i] = positive * positive * up[i];
        }
    }
}
