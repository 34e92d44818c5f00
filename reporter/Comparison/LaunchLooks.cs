using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>The looks at which verdicts are drawn: those that the candidate's run declared before it was measured, else a single one after all of its
/// launches. docs/statistics.md, "Measuring on".</summary>
/// <remarks>Look k has the share wₖ of every error rate, Σwₖ = 1: of α for Regressed and for Improved, each by Bonferroni over the m workloads of the
/// first look, and of the 5 % at either end of the interval that Equivalent and NotSlower need. A wrong verdict takes an error at one of the declared
/// looks, taken or not, so its chance is at most the sum of theirs, which is that of a single look, whichever workloads are measured on and why.</remarks>
internal sealed record LaunchLooks(IReadOnlyList<DeclaredLook> Declared)
{
    /// <summary>Every launch, however many there are.</summary>
    public static LaunchLooks Single { get; } = new([new DeclaredLook(int.MaxValue, 1)]);

    /// <summary>Several runs have no looks in common: of each its first look counts, which was measured whatever it showed.</summary>
    public static LaunchLooks Of(SideOfRuns candidate) =>
        candidate.Sources is [{ Receipt.Settings.Looks: { Count: > 1 } looks }] ? new LaunchLooks(looks) : Single;

    /// <summary>Launches of a run that were made whatever the others showed.</summary>
    public static int Unconditional(Receipt receipt) =>
        receipt.Settings.Looks is [var first, ..] ? first.Launches
        : receipt.Interleaving is { Looks: [var firstLook, ..] } ? firstLook.Launches
        : int.MaxValue;

    public int Count => Declared.Count;

    /// <summary>One look has Holm's procedure, which needs all p of the family at once.</summary>
    public bool IsSingle => Count == 1;

    /// <summary>Looks whose launches were all made, but at least the first: a look takes place at its declared number and at no other.</summary>
    public int Taken(SideOfRuns candidate) => IsSingle ? 1 : Math.Max(1, Declared.Count(look => look.Launches <= candidate.Newest.Launches.Count));

    /// <summary>The one-sided level of a workload at a look, the first of them 0.</summary>
    public double Level(int look, double alpha, int workloads) => Declared[look].Share * alpha / Math.Max(1, workloads);

    /// <summary>Each end of the interval that Equivalent and NotSlower need at a look.</summary>
    public double Tail(int look) => Declared[look].Share * VerdictRule.MarginalTail;

    /// <summary>min over looks of p·m ÷ share, at most 1: it is ≤ α exactly when some look rejects at its level.</summary>
    public double Adjust(IEnumerable<(int Look, double P)> looks, int workloads) =>
        Math.Min(1, looks.Min(x => x.P * workloads / Declared[x.Look].Share));

    /// <summary>A workload of the candidate at each look that measured it, the last one last; none where no launch did.</summary>
    public IReadOnlyList<SampleAtLook> Samples(SideOfRuns candidate, string workload, Better better)
    {
        if (IsSingle) return SideSample.Of(candidate, workload, better) is { } all ? [new SampleAtLook(0, all)] : [];
        var samples = new List<SampleAtLook>();
        for (int look = 0; look < Taken(candidate); look++)
        {
            SideSample? sample = SideSample.Of(candidate, workload, better, Declared[look].Launches);
            if (sample is not null && (samples.Count == 0 || sample.Launches > samples[^1].Sample.Launches)) samples.Add(new SampleAtLook(look, sample));
        }
        return samples;
    }
}

/// <param name="Look">Index of the look, the first of them 0.</param>
/// <param name="Sample">The workload's launches up to it.</param>
internal sealed record SampleAtLook(int Look, SideSample Sample);
