namespace BitNet.Perf.Receipts.Schema;

/// <summary>A pattern of workload ids: <c>*</c> stands for any characters but '/', <c>**</c> for any characters, <c>?</c> for one character but '/'.
/// It must cover the whole id; case matters.</summary>
public sealed class WorkloadGlob
{
    private readonly string _pattern;

    /// <exception cref="FormatException">Empty, or with white space.</exception>
    public WorkloadGlob(string pattern)
    {
        if (pattern.Length == 0 || pattern.Any(char.IsWhiteSpace))
            throw new FormatException($"\"{pattern}\" is not a pattern of workloads; expected e.g. kernel/gemv/** or e2e/*/i2s*/*/t2");
        _pattern = pattern;
    }

    public bool Matches(string id)
    {
        // reachable[i]: the pattern so far covers the first i characters of the id. Linear in pattern × id: no pattern can make it slow.
        bool[] reachable = new bool[id.Length + 1];
        reachable[0] = true;
        for (int p = 0; p < _pattern.Length; p++)
        {
            if (_pattern[p] == '*')
            {
                bool deep = p + 1 < _pattern.Length && _pattern[p + 1] == '*';
                while (p + 1 < _pattern.Length && _pattern[p + 1] == '*')
                    p++;
                for (int i = 0; i < id.Length; i++)
                    reachable[i + 1] |= reachable[i] && (deep || id[i] != '/');
                continue;
            }
            for (int i = id.Length; i > 0; i--)
                reachable[i] = reachable[i - 1] && (_pattern[p] == id[i - 1] || (_pattern[p] == '?' && id[i - 1] != '/'));
            reachable[0] = false;
        }
        return reachable[id.Length];
    }

    /// <summary>Whether any of the patterns covers the id; no pattern at all covers everything.</summary>
    public static bool MatchesAny(IReadOnlyCollection<WorkloadGlob> patterns, string id) =>
        patterns.Count == 0 || patterns.Any(pattern => pattern.Matches(id));

    public override string ToString() => _pattern;
}
