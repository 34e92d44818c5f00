using System.Numerics;
using System.Runtime.InteropServices;

namespace BitNet.Engine.Model;

/// <param name="Temperature">0 takes the most likely token.</param>
/// <param name="TopK">Only the K most likely; 0 for all.</param>
/// <param name="TopP">Only the fewest most likely tokens whose probability reaches P; 1 for all.</param>
/// <param name="Seed">Same seed, same logits: same choices, on machines whose exponential function rounds alike.</param>
public sealed record SamplerSettings(float Temperature = 0, int TopK = 0, float TopP = 1, ulong Seed = 1)
{
    public static SamplerSettings Greedy { get; } = new();
}

/// <summary>Chooses the next token id: greedy, or top-k, then top-p, then temperature (the order of llama.cpp). Ties go to the
/// smaller id. Allocates nothing after construction.</summary>
public sealed class Sampler
{
    private readonly SamplerSettings _settings;
    private readonly RankedLogit[] _ranked;
    private readonly double[] _weights;
    private ulong _random;

    /// <exception cref="EvaluationException">A setting is out of range.</exception>
    public Sampler(SamplerSettings settings, int vocabularySize)
    {
        if (!(settings.Temperature >= 0 && float.IsFinite(settings.Temperature)))
        {
            throw new EvaluationException($"temperature is {settings.Temperature}; 0 or more is needed");
        }
        if (settings.TopK < 0) throw new EvaluationException($"top-k is {settings.TopK}; 0 (all) or more is needed");
        if (!(settings.TopP > 0 && settings.TopP <= 1)) throw new EvaluationException($"top-p is {settings.TopP}; above 0, up to 1 is needed");
        _settings = settings;
        _random = settings.Seed;
        int candidates = settings.Temperature == 0 ? 0 : settings.TopK == 0 ? vocabularySize : Math.Min(settings.TopK, vocabularySize);
        _ranked = new RankedLogit[candidates];
        _weights = new double[candidates];
    }

    /// <summary>How many of the best logits a choice is made from; 0 for all.</summary>
    public int Candidates => _settings.Temperature == 0 ? 1 : _settings.TopK;

    /// <summary>Appends tokens to the state and chooses the next id, from the best logits alone where the settings allow that.</summary>
    /// <exception cref="EvaluationException">As for <see cref="Transformer.Forward(RunState, ReadOnlySpan{int})"/> and for the choice.</exception>
    public int Next(Transformer transformer, RunState state, ReadOnlySpan<int> tokens) => Candidates == 0
        ? Sample(transformer.Forward(state, tokens))
        : Sample(transformer.ForwardTop(state, tokens, Candidates));

    /// <param name="logits">vocabulary values, finite.</param>
    /// <exception cref="EvaluationException">A logit is NaN, or all are −∞.</exception>
    public int Sample(ReadOnlySpan<float> logits)
    {
        if (_settings.Temperature == 0) return LargestIndex(logits);
        RankedLogit.Best(logits, _ranked);
        return Draw();
    }

    /// <summary>The same choice from the best logits alone.</summary>
    /// <param name="best">As many as <see cref="Candidates"/> says or more, best first.</param>
    /// <exception cref="EvaluationException">They are too few, or the largest is not finite.</exception>
    public int Sample(ReadOnlySpan<RankedLogit> best)
    {
        if (best.Length < Math.Max(1, _ranked.Length))
        {
            throw new EvaluationException($"{best.Length} candidates; a choice by these settings is made from {Math.Max(1, _ranked.Length)}");
        }
        if (_settings.Temperature == 0) return best[0].Id;
        best[.._ranked.Length].CopyTo(_ranked);
        return Draw();
    }

    /// <summary>One of the ranked tokens.</summary>
    private int Draw()
    {
        float largest = _ranked[0].Logit;
        if (!float.IsFinite(largest)) throw new EvaluationException($"the largest logit is {largest}; a finite one is needed");
        int count = Nucleus(largest);
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            total += _weights[i] = Math.Exp((_ranked[i].Logit - largest) / _settings.Temperature);
        }
        double target = NextUniform() * total;
        for (int i = 0; i < count; i++)
        {
            target -= _weights[i];
            if (target < 0) return _ranked[i].Id;
        }
        return _ranked[count - 1].Id;
    }

    /// <summary>Index of the largest value, the first of equals.</summary>
    /// <exception cref="EvaluationException">A value is NaN.</exception>
    public static int LargestIndex(ReadOnlySpan<float> logits)
    {
        ref float first = ref MemoryMarshal.GetReference(logits);
        int width = Vector<float>.Count;
        Vector<float> lanes = new(float.NegativeInfinity);
        int i = 0;
        for (; i + width <= logits.Length; i += width) lanes = Vector.Max(lanes, Vector.LoadUnsafe(ref first, (nuint)i));
        float largest = float.NegativeInfinity;
        for (int lane = 0; lane < width; lane++) largest = MathF.Max(largest, lanes[lane]);
        for (; i < logits.Length; i++) largest = MathF.Max(largest, logits[i]);

        // MathF.Max and Vector.Max pass NaN on, and NaN equals nothing.
        Vector<float> wanted = new(largest);
        for (i = 0; i + width <= logits.Length; i += width)
        {
            if (Vector.EqualsAny(Vector.LoadUnsafe(ref first, (nuint)i), wanted)) break;
        }
        for (; i < logits.Length; i++)
        {
            if (logits[i] == largest) return i;
        }
        throw new EvaluationException("a logit is not a number");
    }

    /// <summary>How many of the ranked tokens reach top-p.</summary>
    private int Nucleus(float largest)
    {
        if (_settings.TopP >= 1) return _ranked.Length;
        double total = 0;
        for (int i = 0; i < _ranked.Length; i++) total += _weights[i] = Math.Exp(_ranked[i].Logit - largest);
        double reached = 0;
        for (int i = 0; i < _ranked.Length; i++)
        {
            reached += _weights[i];
            if (reached >= _settings.TopP * total) return i + 1;
        }
        return _ranked.Length;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014), 53 bits in [0, 1).</summary>
    private double NextUniform()
    {
        ulong z = _random += 0x9e37_79b9_7f4a_7c15;
        z = (z ^ z >> 30) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ z >> 27) * 0x94d0_49bb_1331_11eb;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }
}
