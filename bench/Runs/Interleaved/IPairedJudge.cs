using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>The rules by which an interleaved run is judged: it measures as they need, and stops when they say so.</summary>
public interface IPairedJudge
{
    /// <summary>Chance of any false verdict "slower" over all workloads and looks.</summary>
    double FamilyErrorRate { get; }

    /// <summary>Told the workloads of both sides as soon as they are known, before anything takes long; may refuse.</summary>
    void Require(IReadOnlyCollection<string> workloads);

    /// <summary>Fewer pairs could never reject anything.</summary>
    /// <param name="familySize">Workloads that are judged together.</param>
    /// <param name="share">Of the error rate that the look has at which they are judged; 1 where it is the only one.</param>
    int LeastPairs(int familySize, double share);

    /// <summary>After how many blocks verdicts are drawn, ascending, and what share of every error rate each has; the last may lie beyond <paramref name="pairs"/>, for what is undecided then.</summary>
    IReadOnlyList<DeclaredLook> Looks(int pairs, int familySize);

    /// <summary>At a declared look: whether nothing more needs measuring.</summary>
    bool AllDecided(Receipt @base, Receipt head);
}
