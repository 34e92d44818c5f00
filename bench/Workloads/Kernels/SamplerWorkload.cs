using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>Choice of one token from the logits of the whole vocabulary: top-k, top-p, temperature.</summary>
public sealed class SamplerWorkload : Workload
{
    private const int Draws = 64;

    private readonly WorkloadId _id;
    private readonly SamplerSettings _settings;
    private readonly float[] _logits;
    private readonly Sampler _sampler;

    public SamplerWorkload(WorkloadId id, int vocabulary)
    {
        _id = id;
        _settings = new SamplerSettings(Temperature: 0.8f, TopK: Math.Min(40, vocabulary), TopP: 0.95f, Seed: 1);
        _logits = new float[vocabulary];
        RandomData.Fill(_logits, 0x5a3);
        foreach (ref var logit in _logits.AsSpan())
            logit *= 10;
        _sampler = new Sampler(_settings, vocabulary);
    }

    public override void Run() => _sampler.Sample(_logits);

    public override string Digest() => ResultDigest.Of<int>(Draw());

    /// <summary>Every draw is in the nucleus, found here by sorting the whole vocabulary.</summary>
    public override ResultCheck Check()
    {
        var ranked = Enumerable.Range(0, _logits.Length).OrderByDescending(i => _logits[i]).ThenBy(i => i).Take(_settings.TopK).ToArray();
        var weights = ranked.Select(i => Math.Exp(_logits[i] - _logits[ranked[0]])).ToArray();
        var nucleus = new HashSet<int>();
        var reached = 0.0;
        for (var i = 0; i < ranked.Length && reached < _settings.TopP * weights.Sum(); i++)
        {
            nucleus.Add(ranked[i]);
            reached += weights[i];
        }
        var draws = Draw();
        foreach (var token in draws)
        {
            if (!nucleus.Contains(token))
                throw new WrongResultException($"{_id}: drew token {token}; it is not among the {nucleus.Count} of top-k {_settings.TopK}, top-p {_settings.TopP}");
        }
        return new ResultCheck(ResultDigest.Of<int>(draws), "nucleus", Draws, null);
    }

    private int[] Draw()
    {
        var fresh = new Sampler(_settings, _logits.Length);
        return [.. Enumerable.Range(0, Draws).Select(_ => fresh.Sample(_logits))];
    }
}
