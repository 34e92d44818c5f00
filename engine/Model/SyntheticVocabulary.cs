using BitNet.Engine.Tokens;

namespace BitNet.Engine.Model;

/// <summary>
/// A byte-level BPE vocabulary with no text behind it: the 256 byte characters of GPT-2 (spec 7.1), then tokens that merges make from
/// earlier tokens, then control tokens (spec 7.4). Any text therefore round-trips. It depends on the sizes only, not on a seed.
/// </summary>
public sealed class SyntheticVocabulary
{
    private readonly List<string> _tokens;
    private readonly Dictionary<string, int> _ids;

    private SyntheticVocabulary(int baseTokens, int specialTokens, int? merges)
    {
        // As in GPT-2, the bytes that map to themselves have the first ids.
        _tokens = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.ToCharacter((byte)b)).Order().Select(c => c.ToString())];
        _ids = _tokens.Index().ToDictionary(token => token.Item, token => token.Index);
        foreach (string token in SyntheticWords.All())
        {
            if (_tokens.Count == baseTokens) break;
            if (_ids.TryAdd(token, _tokens.Count)) _tokens.Add(token);
        }
        if (_tokens.Count != baseTokens) throw new ArgumentException($"{baseTokens} base tokens; expected at most {_tokens.Count}");
        Merges = MakeMerges(merges);
        for (int i = 0; i < specialTokens; i++) _tokens.Add(SpecialToken(i));
    }

    /// <summary>Texts by id, in the mapped alphabet.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>"left right", best rank first.</summary>
    public IReadOnlyList<string> Merges { get; }

    public static SyntheticVocabulary For(SyntheticShape shape) => new(shape.BaseTokens, shape.SpecialTokens, shape.Merges);

    /// <summary>Text of the control token that is <paramref name="index"/> places after the first, with Llama 3's names (spec 7.4).</summary>
    public static string SpecialToken(int index) => index switch
    {
        0 => "<|begin_of_text|>",
        1 => "<|end_of_text|>",
        6 => "<|start_header_id|>",
        7 => "<|end_header_id|>",
        9 => "<|eot_id|>",
        < 6 => $"<|reserved_special_token_{index - 2}|>",
        8 => "<|reserved_special_token_4|>",
        _ => $"<|reserved_special_token_{index - 5}|>",
    };

    /// <summary>
    /// Ranks follow the ids of the tokens made. A token has a merge for each way to split it into two earlier tokens; where fewer merges
    /// are wanted, each token keeps one and the remaining ways are thinned evenly.
    /// </summary>
    private List<string> MakeMerges(int? wanted)
    {
        List<List<string>> ways = [.. _tokens.Skip(256).Select(Splits)];
        long extra = ways.Sum(splits => splits.Count - 1L);
        long keep = wanted is { } merges ? merges - ways.Count : extra;
        if (keep < 0 || keep > extra) throw new ArgumentException($"{wanted} merges; expected {ways.Count} to {ways.Count + extra}");
        var result = new List<string>();
        long seen = 0;
        foreach (List<string> splits in ways)
        {
            result.Add(splits[0]);
            foreach (string split in splits.Skip(1))
            {
                long before = seen * keep / extra;
                if (++seen * keep / extra > before) result.Add(split);
            }
        }
        return result;
    }

    private List<string> Splits(string token)
    {
        var splits = new List<string>();
        for (int cut = token.Length - 1; cut > 0; cut--)
        {
            if (Precedes(token[..cut], token) && Precedes(token[cut..], token)) splits.Add($"{token[..cut]} {token[cut..]}");
        }
        return splits.Count > 0 ? splits : throw new InvalidOperationException($"token '{token}' has no split into earlier tokens");
    }

    private bool Precedes(string part, string token) => _ids.TryGetValue(part, out int id) && id < _ids[token];
}
