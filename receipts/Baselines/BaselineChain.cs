using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>A published baseline with all those it took the place of, as far as they are kept.</summary>
public sealed class BaselineChain
{
    private readonly BaselineHistory _history;
    private readonly IReadOnlyList<(string Path, Baseline Baseline)> _kept;
    private readonly Dictionary<string, Baseline> _byDigest = new(StringComparer.Ordinal);

    private BaselineChain(BaselineHistory history, Baseline head)
    {
        (_history, Head, _kept) = (history, head, history.Read());
        foreach (Baseline baseline in _kept.Select(kept => kept.Baseline).Append(head).Where(baseline => baseline.Digest is not null))
            _byDigest.TryAdd(baseline.Digest!, baseline);
    }

    /// <summary>The one that later runs are held against.</summary>
    public Baseline Head { get; }

    /// <summary>From the head to the oldest one kept, each followed by the one it took the place of.</summary>
    public IReadOnlyList<Baseline> Line => [.. From(Head)];

    public Baseline Oldest => Line[^1];

    /// <summary>What is not known, and is no fault.</summary>
    public IReadOnlyList<string> Notes => Oldest is { Supersedes: { } missing, ChainLength: null }
        ? [$"the predecessor {missing} is not kept: it was replaced by a version that kept no history"]
        : [];

    /// <param name="path">Of HOST-KEY/SUITE.json.</param>
    /// <exception cref="ReceiptException">It or a superseded one cannot be read.</exception>
    public static BaselineChain Read(string path) => new(new BaselineHistory(path), BaselineFile.Read(path));

    /// <summary>Every kept baseline by itself, then the links between them. The head's own content is not looked at: <see cref="BaselineStore.Verify(string)"/> does that.</summary>
    public IReadOnlyList<Finding> Verify() => [.. _kept.SelectMany(kept => Content(kept.Path, kept.Baseline)), .. Links()];

    private IEnumerable<Finding> Content(string path, Baseline baseline)
    {
        string shown = _history.Shown(path);
        foreach (Finding finding in BaselineVerification.Verify(baseline))
            yield return finding with { Path = $"{shown}: {finding.Path}" };
        if (baseline.HostKey != Head.HostKey || baseline.Suite != Head.Suite || baseline.Digest is null || Path.GetFileName(path) != BaselineHistory.Name(baseline.Digest))
            yield return new("place", shown, $"holds {baseline.Digest ?? "no digest"} of suite {baseline.Suite} on {baseline.HostKey}; expected its name to be its digest's, and host and suite of the chain");
    }

    private IEnumerable<Finding> Links()
    {
        Dictionary<string, Baseline> reached = new(StringComparer.Ordinal);
        Stack<Baseline> open = new([Head]);
        while (open.TryPop(out Baseline? baseline))
        {
            if (baseline.Digest is null || !reached.TryAdd(baseline.Digest, baseline))
                continue;
            foreach (Finding finding in Predecessors(baseline))
                yield return finding;
            foreach (string digest in new[] { baseline.Supersedes, baseline.Merges }.OfType<string>())
            {
                if (_byDigest.TryGetValue(digest, out Baseline? before))
                    open.Push(before);
            }
        }
        foreach ((string path, Baseline baseline) in _kept.Where(kept => kept.Baseline.Digest is not { } digest || !reached.ContainsKey(digest)))
        {
            yield return reached.Values.FirstOrDefault(other => other.Supersedes is not null && other.Supersedes == baseline.Supersedes) is { } rival
                ? new("fork", _history.Shown(path), $"took the place of {baseline.Supersedes}, as {rival.Digest} did; expected one chain (baseline resolve makes one of two)")
                : new("orphan", _history.Shown(path), "no baseline of the chain names it");
        }
    }

    private IEnumerable<Finding> Predecessors(Baseline baseline)
    {
        string at = ReferenceEquals(baseline, Head) ? "$" : _history.Shown(_history.PathOf(baseline.Digest!)) + ": $";
        foreach ((string member, string? digest) in new[] { ("supersedes", baseline.Supersedes), ("merges", baseline.Merges) })
        {
            if (digest is null || !Forms.IsDigest(digest))
                continue;
            if (!_byDigest.TryGetValue(digest, out Baseline? before))
            {
                if (baseline.ChainLength is not null)
                    yield return new("predecessor", $"{at}.{member}", $"{digest} is not kept; expected it whole as {_history.Shown(_history.PathOf(digest))}");
                continue;
            }
            if (before.PublishedUtc >= baseline.PublishedUtc)
                yield return new("time", $"{at}.publishedUtc", $"is not after that of {digest}, which it took the place of");
            if (member == "supersedes" && baseline.ChainLength is int length && length != before.NextChainLength)
                yield return new("chain", $"{at}.chainLength", $"{length}; its predecessor makes it {before.NextChainLength}");
        }
    }

    private IEnumerable<Baseline> From(Baseline head)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (Baseline? baseline = head; baseline is not null; baseline = baseline.Supersedes is { } digest && seen.Add(digest) ? _byDigest.GetValueOrDefault(digest) : null)
            yield return baseline;
    }
}
