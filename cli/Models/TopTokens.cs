namespace BitNet.Perf.Cli.Models;

public readonly record struct TokenLogit(int Token, float Logit);

public static class TopTokens
{
    public const int Count = 8;

    /// <summary>The tokens with the largest logits, best first, the smaller id on ties.</summary>
    public static TokenLogit[] Of(ReadOnlySpan<float> logits, int count = Count)
    {
        var best = new List<TokenLogit>(count + 1);
        for (int id = 0; id < logits.Length; id++)
        {
            if (best.Count == count && logits[id] <= best[^1].Logit) continue;
            int place = best.Count;
            while (place > 0 && best[place - 1].Logit < logits[id]) place--;
            best.Insert(place, new TokenLogit(id, logits[id]));
            if (best.Count > count) best.RemoveAt(count);
        }
        return [.. best];
    }
}
