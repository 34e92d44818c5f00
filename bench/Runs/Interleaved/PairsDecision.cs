namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>How many pairs a run declares: at the start, and never changed later.</summary>
/// <param name="OfBudget">Whether the budget allows fewer than were asked for.</param>
internal sealed record PairsDecision(int Pairs, bool OfBudget)
{
    /// <summary>The last look must be reached although launches take a little longer than predicted.</summary>
    private const double PlannedShare = 0.9;

    /// <summary>Before anything is checked or timed.</summary>
    /// <exception cref="RunRefusedException">So few pairs could not reject anything.</exception>
    public static void Require(int asked, int familySize, IPairedJudge judge)
    {
        var least = judge.LeastPairs(familySize, share: 1);
        if (asked < least)
        {
            throw new RunRefusedException(FormattableString.Invariant($"{Count(asked)} can never tell {Workloads(familySize)} apart at {judge.FamilyErrorRate:P0}; ")
                + FormattableString.Invariant($"at least {least} are needed (--pairs {least}), or fewer workloads (--filter)"));
        }
    }

    /// <param name="left">Of the budget, for launches; null for no limit.</param>
    /// <param name="block">Predicted length of a block.</param>
    /// <exception cref="RunRefusedException">The budget allows too few.</exception>
    public static PairsDecision Of(int asked, TimeSpan? left, TimeSpan block, int familySize, IPairedJudge judge)
    {
        if (left is not { } budget)
            return new PairsDecision(asked, false);
        var fit = (int)Math.Clamp(Math.Floor(budget * PlannedShare / block), 0, asked);
        var least = judge.LeastPairs(familySize, share: 1);
        return fit >= least
            ? new PairsDecision(fit, fit < asked)
            : throw new RunRefusedException(FormattableString.Invariant($"the budget leaves time for {Count(fit)} of {block.TotalSeconds:F0} s; {Workloads(familySize)} need at least {least}: ")
                + FormattableString.Invariant($"{Math.Ceiling((least * block / PlannedShare - budget).TotalMinutes)} min more, or fewer workloads (--filter)"));
    }

    private static string Count(int pairs) => pairs == 1 ? "1 pair" : $"{pairs} pairs";

    private static string Workloads(int familySize) => familySize == 1 ? "1 workload" : $"{familySize} workloads";
}
