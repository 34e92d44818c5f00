namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>What the contestants say of themselves before the run is declared.</summary>
/// <param name="FamilySize">Workloads that are judged together.</param>
/// <param name="Block">Predicted length of a launch of each.</param>
/// <param name="Only">Workloads of one side only.</param>
internal sealed record PlannedContestants(int FamilySize, TimeSpan Block, Sides<IReadOnlyList<string>> Only)
{
    public Sides<PlannedBuild>? Builds { get; init; }

    public Sides<PlannedCommand>? Commands { get; init; }
}

/// <summary>Asks both contestants what they measure and has them checked.</summary>
internal interface IContestantsPlanning
{
    /// <param name="known">Told the number of workloads that are judged, and the names of all of either side, as soon as they are known, before anything takes long; may refuse.</param>
    Task<PlannedContestants> PlanAsync(DateTimeOffset started, long seed, Action<int, IReadOnlyCollection<string>> known, CancellationToken cancellationToken);
}
