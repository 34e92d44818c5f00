using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Everything that stays the same over a run's launches; run.json of its folder. With the launch files it gives the receipt.</summary>
public sealed record RunPlan
{
    public const string CurrentSchema = "run-plan/1";

    public required string Schema { get; init; }
    public required string Run { get; init; }
    public required DateTimeOffset StartedUtc { get; init; }
    public required string Suite { get; init; }
    public required IReadOnlyList<string> Filters { get; init; }
    public required string HostKey { get; init; }
    public required HostDescription Host { get; init; }
    public required BuildDescription Build { get; init; }

    /// <summary>Of <see cref="BitNet.Perf.Bench.Host.BuildProbe.BuildId"/>.</summary>
    public required string BuildId { get; init; }

    public required ModelDescription Model { get; init; }

    /// <summary>Where the model lies on this machine; in no receipt.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Ternary kernel that runs.</summary>
    public required string Kernel { get; init; }

    /// <summary>The same, when an option or the environment forced it.</summary>
    public string? ForcedKernel { get; init; }

    /// <summary>Thread counts asked for, ascending.</summary>
    public required IReadOnlyList<int> Threads { get; init; }

    /// <summary>That measure every workload.</summary>
    public required int Launches { get; init; }
    public required long Seed { get; init; }
    public required long ColdBytes { get; init; }
    public IReadOnlyList<int>? Affinity { get; init; }
    public required WorkerTiming Timing { get; init; }
    public required double WorkloadTimeoutSeconds { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>In the order of the suite, calibrated and checked.</summary>
    public required IReadOnlyList<CalibratedWorkload> Workloads { get; init; }

    /// <summary>Machine code that workloads name; null where none was listed.</summary>
    public IReadOnlyList<MethodCode>? Methods { get; init; }

    public required IReadOnlyList<ReceiptWarning> Warnings { get; init; }

    /// <summary>When verdicts are drawn, for a run that measures on; the first look is after <see cref="Launches"/>.</summary>
    public IReadOnlyList<DeclaredLook>? Looks { get; init; }

    /// <summary>For checks and launches together; null without looks.</summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>What the checks before the first launch took.</summary>
    public double CheckingSeconds { get; init; }

    /// <summary>The decode workload whose phases are timed; null when none is in the run.</summary>
    public string? PhasesOf => Workloads.Select(w => w.Id).FirstOrDefault(id => id.StartsWith("e2e/decode/", StringComparison.Ordinal));
}

/// <summary>A workload of a run: its definition as the receipt states it, and what calibration found.</summary>
/// <param name="Nanoseconds">Of one operation, roughly; for predictions.</param>
/// <param name="SetupSeconds">To make it ready; for predictions.</param>
/// <param name="Input">Of an end-to-end workload.</param>
/// <param name="Code">What its operation runs through; null where it was not listed.</param>
public sealed record CalibratedWorkload(
    string Id, string Definition, string Unit, string? Kernel, WorkPerOperation Work, ResultCheck? Result, long Operations, double Nanoseconds, double SetupSeconds,
    GenerationInput? Input = null, MachineCode? Code = null);
