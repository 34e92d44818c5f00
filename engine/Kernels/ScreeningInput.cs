using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Activations for <see cref="ScreeningKernel"/>: x ≈ step · codes, with a bound on what that neglects. Reused for every token.</summary>
public sealed unsafe class ScreeningInput(int columns) : IDisposable
{
    /// <summary>1 and more than the relative error of a norm computed in double precision over up to 2²⁰ values.</summary>
    private const double Wider = 1 + 1.0 / (1 << 20);

    /// <summary>Larger ones the F16 head's arithmetic does not take (<see cref="HalfHead.Prepare"/>).</summary>
    private const float LargestActivation = 65_504;

    private readonly AlignedBuffer<short> _codes = new(columns);

    /// <summary>columns, at most <see cref="ScreeningKernel.LargestCode"/> in magnitude.</summary>
    public short* Codes => _codes.Pointer;

    public double Step { get; private set; }

    /// <summary>At least ‖x‖.</summary>
    public double Norm { get; private set; }

    /// <summary>At least ‖x − step · codes‖.</summary>
    public double ErrorNorm { get; private set; }

    /// <summary>Rounds x; false where a value is not finite or too large for a bound: then nothing else is valid.</summary>
    public bool Set(ReadOnlySpan<float> x)
    {
        if (x.Length != columns) throw new ArgumentOutOfRangeException(nameof(x), x.Length, $"{columns} values");
        fixed (float* first = x) return Round(first);
    }

    private bool Round(float* x)
    {
        float magnitude = 0;
        for (int i = 0; i < columns; i++)
        {
            float value = MathF.Abs(x[i]);
            if (!(value <= LargestActivation)) return false;
            if (value > magnitude) magnitude = value;
        }
        int largest = ScreeningKernel.LargestCode(columns);
        Step = magnitude / (double)largest;
        Vector512<double> step = Vector512.Create(Step), inverse = Vector512.Create(magnitude == 0 ? 0 : largest / (double)magnitude);
        Vector512<double> limit = Vector512.Create((double)largest), squares = default, errors = default;
        for (int i = 0; i < columns; i += 16)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Load(x + i));
            Vector512<double> q0 = Vector512.Min(Vector512.Max(Vector512.Round(lower * inverse), -limit), limit);
            Vector512<double> q1 = Vector512.Min(Vector512.Max(Vector512.Round(upper * inverse), -limit), limit);
            Vector512<double> e0 = lower - step * q0, e1 = upper - step * q1;
            squares += lower * lower + upper * upper;
            errors += e0 * e0 + e1 * e1;
            Vector512<int> codes = Vector512.Narrow(Vector512.ConvertToInt64(q0), Vector512.ConvertToInt64(q1));
            Vector256.Narrow(codes.GetLower(), codes.GetUpper()).Store(Codes + i);
        }
        Norm = Math.Sqrt(Vector512.Sum(squares)) * Wider;
        // e = x − step · q is rounded twice in double precision, which is at most 2⁻⁵² of |x| and |step · q| each.
        ErrorNorm = Math.Sqrt(Vector512.Sum(errors)) * Wider + Norm * (1.0 / (1L << 48));
        return true;
    }

    public void Dispose() => _codes.Dispose();
}
