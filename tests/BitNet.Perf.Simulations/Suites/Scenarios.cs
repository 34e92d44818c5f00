using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>Every scenario, in the order of the tables.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [.. InterleavedScenarios.All(), .. BaselineScenarios.All()];

    /// <param name="patterns">As of workloads: <c>*</c> stands for any characters but <c>/</c>; one <c>*</c> alone for every scenario.</param>
    public static IReadOnlyList<Scenario> Matching(IReadOnlyCollection<string> patterns)
    {
        WorkloadGlob[] globs = [.. patterns.Select(pattern => new WorkloadGlob(pattern == "*" ? "**" : pattern))];
        return [.. All.Where(scenario => globs.Any(glob => glob.Matches(scenario.Name)))];
    }
}
