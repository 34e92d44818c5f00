using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Schema;

/// <summary>The record of one run: raw samples, the machine, the build, the model, the settings and warnings.
/// What was not found out is null, never a default. The digest covers everything else, in canonical form.</summary>
public sealed record Receipt
{
    public const string CurrentSchema = "receipt/1";

    public required string Schema { get; init; }

    /// <summary>"sha256:" and 64 lower-case hex digits, over the canonical form of the document without this member.</summary>
    public string? Digest { get; init; }

    /// <summary>Names the run in messages and folders: UTC start and a random suffix (<see cref="RunName"/>). Two runs never share one.</summary>
    public required string Run { get; init; }

    /// <summary>When the receipt was written: after the last launch.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    public required ReceiptOrigin Origin { get; init; }

    public required RunStatus Status { get; init; }

    public required Generator Generator { get; init; }

    /// <summary>quick, gate, kernels, e2e or full.</summary>
    public required string Suite { get; init; }

    /// <summary>Patterns of workloads as given (<see cref="WorkloadGlob"/>); empty when none was.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>What makes two runs comparable, readable; see <see cref="Schema.HostKey"/>.</summary>
    public required string HostKey { get; init; }

    public required HostDescription Host { get; init; }

    public required BuildDescription Build { get; init; }

    public ModelDescription? Model { get; init; }

    public required RunSettings Settings { get; init; }

    public required IReadOnlyList<LaunchRecord> Launches { get; init; }

    public required IReadOnlyList<WorkloadRecord> Workloads { get; init; }

    /// <summary>Machine code of the methods that <see cref="WorkloadRecord.MachineCode"/> names, each once, sorted by name; left out where none was listed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MethodCode>? Methods { get; init; }

    /// <summary>Where a token's time goes, from one and the same sequence of tokens; null when it was not measured.</summary>
    public PhaseBreakdown? Phases { get; init; }

    /// <summary>Of a side of an interleaved comparison; left out of other receipts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interleaving? Interleaving { get; init; }

    /// <summary>Of figures that another harness measured, as far as its file tells; left out of measured receipts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FigureSource? Source { get; init; }

    public required IReadOnlyList<ReceiptWarning> Warnings { get; init; }
}

public enum ReceiptOrigin { Measured, Imported, External }

/// <summary>Incomplete: the run was interrupted; what was measured is kept and `run --resume` goes on.</summary>
public enum RunStatus { Complete, Incomplete }

/// <param name="Protocol">Version of the exchange between orchestrator and worker.</param>
public sealed record Generator(string Name, string Version, int Protocol);

/// <param name="Code">Stable kebab-case name, e.g. "small-model-substituted"; those that are acted on are in <see cref="WarningCodes"/>.</param>
/// <param name="Subject">A workload id, launch or file the warning is about; null for the whole run.</param>
public sealed record ReceiptWarning(string Code, string? Subject, string Message);
