using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Rotary position embedding of type NEOX: pairs (i, i + dimensions/2), spec 4.3.</summary>
public sealed class RotaryEmbedding
{
    private const int Lanes = 16;

    private readonly float _base;
    private readonly int _half;
    private float[] _cosine = [];
    private float[] _sine = [];
    private int _positions;

    /// <param name="dimensions">Rotated dimensions of a head, even.</param>
    /// <param name="frequencyBase">θ, 500,000 for 2B-4T.</param>
    /// <param name="positions">Positions 0 .. positions − 1 are tabulated at once.</param>
    public RotaryEmbedding(int dimensions, float frequencyBase, int positions = 0)
    {
        _base = frequencyBase;
        _half = dimensions / 2;
        Tabulate(positions);
    }

    /// <summary>Makes positions 0 .. positions − 1 usable; does nothing when they are. Not while <see cref="Apply"/> runs.</summary>
    public void Tabulate(int positions)
    {
        if (positions <= _positions) return;
        _cosine = new float[checked(positions * _half)];
        _sine = new float[positions * _half];
        float step = MathF.Pow(_base, -2f / (2 * _half));
        for (int position = 0; position < positions; position++)
        {
            // The reference multiplies on in f32 rather than raising to a power for each pair; the products drift by some ulp.
            float angle = position;
            for (int i = 0; i < _half; i++)
            {
                (float sine, float cosine) = MathF.SinCos(angle);
                _cosine[position * _half + i] = cosine;
                _sine[position * _half + i] = sine;
                angle *= step;
            }
        }
        _positions = positions;
    }

    /// <summary>Rotates each head in place: out_i = x_i·c − x_{i+n}·s, out_{i+n} = x_i·s + x_{i+n}·c with n = dimensions/2.</summary>
    /// <param name="heads">count × headSize; dimensions beyond the rotated ones stay.</param>
    public void Apply(Span<float> heads, int headSize, int position)
    {
        ref float cosine = ref MemoryMarshal.GetReference(_cosine.AsSpan(position * _half, _half));
        ref float sine = ref MemoryMarshal.GetReference(_sine.AsSpan(position * _half, _half));
        for (int start = 0; start + headSize <= heads.Length; start += headSize)
        {
            ref float first = ref MemoryMarshal.GetReference(heads.Slice(start, _half));
            ref float second = ref MemoryMarshal.GetReference(heads.Slice(start + _half, _half));
            int i = 0;
            for (; i + Lanes <= _half; i += Lanes)
            {
                Vector512<float> x = Vector512.LoadUnsafe(ref first, (nuint)i), y = Vector512.LoadUnsafe(ref second, (nuint)i);
                Vector512<float> c = Vector512.LoadUnsafe(ref cosine, (nuint)i), s = Vector512.LoadUnsafe(ref sine, (nuint)i);
                // Products are rounded before they are added, as the reference's are.
                (x * c - y * s).StoreUnsafe(ref first, (nuint)i);
                (x * s + y * c).StoreUnsafe(ref second, (nuint)i);
            }
            for (; i < _half; i++)
            {
                float x = Unsafe.Add(ref first, i), y = Unsafe.Add(ref second, i);
                float c = Unsafe.Add(ref cosine, i), s = Unsafe.Add(ref sine, i);
                Unsafe.Add(ref first, i) = x * c - y * s;
                Unsafe.Add(ref second, i) = x * s + y * c;
            }
        }
    }
}
