using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Says at a look of a run what is still open; knows what the run is held against.</summary>
public interface ILookJudge
{
    /// <summary>Workloads that more launches could decide, most urgent first.</summary>
    /// <param name="soFar">All launches up to the look; not sealed.</param>
    IReadOnlyList<string> Open(Receipt soFar);

    /// <summary>Told what becomes of those that are open.</summary>
    /// <param name="look">The look at hand, 1 for the first.</param>
    /// <param name="measuredOn">Of the open ones, those that are measured on.</param>
    /// <param name="next">Launches after which the next look is; null where nothing is measured on.</param>
    void Chosen(int look, IReadOnlyList<string> measuredOn, int? next);
}

/// <summary>What was chosen at a look; looks/N.json of a run's folder, so that a resumed run goes on with the same.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Look">The look, 1 for the first.</param>
public sealed record LookChoice(string Run, int Look, IReadOnlyList<string> Workloads);
