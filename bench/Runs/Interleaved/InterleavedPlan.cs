using System.Text.Json.Serialization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Everything that is fixed before the first launch of an interleaved run; ab.json of its folder.</summary>
public sealed record InterleavedPlan
{
    public const string CurrentSchema = "ab-plan/1";

    public required string Schema { get; init; }
    public required string Run { get; init; }
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Most pairs of launches.</summary>
    public required int Pairs { get; init; }

    /// <summary>Whether the budget, not the number asked for, decided <see cref="Pairs"/>.</summary>
    public required bool PairsOfBudget { get; init; }

    /// <summary>Declared numbers of blocks after which verdicts are drawn, ascending; the last is <see cref="Pairs"/>.</summary>
    public required IReadOnlyList<DeclaredLook> Looks { get; init; }

    /// <summary>Workloads that are judged together.</summary>
    public required int FamilySize { get; init; }

    /// <summary>Pairs that are measured unless all is decided before; those beyond are for what is undecided then.</summary>
    [JsonIgnore]
    public int Asked => (Looks.Count > 1 ? Looks[^2] : Looks[^1]).Launches;

    public required double FamilyErrorRate { get; init; }

    /// <summary>Of the order of blocks and of workloads.</summary>
    public required long Seed { get; init; }

    /// <summary>Per block, whether base is measured first.</summary>
    public required IReadOnlyList<bool> BaseFirst { get; init; }

    /// <summary>Time for all launches; null for no limit.</summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>Predicted length of a block.</summary>
    public required double BlockSeconds { get; init; }

    /// <summary>Workloads that only base has, and only head; neither is measured.</summary>
    public required Sides<IReadOnlyList<string>> Only { get; init; }

    /// <summary>Null when commands are compared.</summary>
    public Sides<PlannedBuild>? Builds { get; init; }

    /// <summary>Null when builds are compared.</summary>
    public Sides<PlannedCommand>? Commands { get; init; }

    /// <summary>Of both sides and of one only.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<string> WorkloadIds =>
        [.. Builds?.Base.Plan.Workloads.Select(w => w.Id) ?? [], .. Commands?.Base.Workloads.Select(w => w.Name) ?? [], .. Only.Base, .. Only.Head];
}

/// <param name="Program">How its worker is started.</param>
/// <param name="Plan">As a run of its own would have it.</param>
public sealed record PlannedBuild(WorkerCommand Program, RunPlan Plan);
