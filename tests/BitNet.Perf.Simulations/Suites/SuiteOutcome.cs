using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>What a comparison said of one simulated suite.</summary>
/// <param name="Alarm">A workload that is no slower was called Regressed.</param>
/// <param name="Significant">One was significantly slower at the family error rate, whatever the threshold.</param>
/// <param name="Found">The workload that truly is slower was called Regressed.</param>
/// <param name="Green">The comparison would exit with 0.</param>
/// <param name="Looks">After how many looks it was over.</param>
internal readonly record struct SuiteOutcome(bool Alarm, bool Significant, bool Found, bool Green, int Looks)
{
    /// <param name="slowed">Id of the workload that truly is slower; null when none is.</param>
    public static SuiteOutcome Of(ComparisonResult result, string? slowed)
    {
        bool alarm = false, significant = false, found = false;
        foreach (WorkloadComparison row in result.Workloads)
        {
            bool regressed = row.Verdict == Verdict.Regressed;
            if (row.Id == slowed)
            {
                found |= regressed;
                continue;
            }
            alarm |= regressed;
            significant |= row.Ratio > 1 && row.PAdjusted <= result.FamilyErrorRate;
        }
        return new SuiteOutcome(alarm, significant, found, result.ExitCode == 0, result.Look);
    }
}
