using System.Text.Json.Serialization;
using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Worker;

/// <summary>What a worker reports, one line of JSON each on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HelloMessage), "hello")]
[JsonDerivedType(typeof(ListedMessage), "listed")]
[JsonDerivedType(typeof(StartedMessage), "started")]
[JsonDerivedType(typeof(CalibratedMessage), "calibrated")]
[JsonDerivedType(typeof(MeasuredMessage), "measured")]
[JsonDerivedType(typeof(PhasesMessage), "phases")]
[JsonDerivedType(typeof(FailedMessage), "failed")]
[JsonDerivedType(typeof(DoneMessage), "done")]
public abstract record WorkerMessage;

/// <summary>The first message.</summary>
/// <param name="Build">Tells builds apart (BuildProbe).</param>
/// <param name="Description">The build as its receipts state it: the orchestrator may be another one.</param>
/// <param name="Bound">Whether the processors of the plan were bound to.</param>
public sealed record HelloMessage(int Protocol, string Version, string Build, BuildDescription Description, bool Bound) : WorkerMessage;

/// <param name="Kernel">Ternary kernel that this build uses for end-to-end workloads: the plan's, else its own choice.</param>
/// <param name="Workloads">In the order of the suite; empty when the filters leave nothing.</param>
public sealed record ListedMessage(string Kernel, IReadOnlyList<ListedWorkload> Workloads) : WorkerMessage;

/// <summary>A workload that a build has, as its receipts state it.</summary>
public sealed record ListedWorkload(string Id, string Definition, string Unit, string? Kernel, WorkPerOperation Work);

public sealed record StartedMessage(string Id) : WorkerMessage;

/// <param name="Result">Null for a probe.</param>
/// <param name="Operations">That fill an iteration.</param>
/// <param name="Nanoseconds">Of one operation; for planning only.</param>
/// <param name="SetupSeconds">Time to make the workload ready; for planning only.</param>
/// <param name="Input">Of an end-to-end workload; null of others, and from builds that do not tell.</param>
/// <param name="Path">Where the operation's code is found in a listing; null from a build that does not say.</param>
public sealed record CalibratedMessage(
    string Id, ResultCheck? Result, long Operations, double Nanoseconds, double SetupSeconds, GenerationInput? Input = null, CodePath? Path = null) : WorkerMessage;

/// <param name="Nanoseconds">Workload/Actual of each iteration, in order.</param>
/// <param name="AllocatedBytes">Managed bytes per operation of the median iteration.</param>
/// <param name="Digest">Of the output; null for a probe without one.</param>
/// <param name="Chosen">What the workload chose in this process (<see cref="Workloads.Workload.Chosen"/>).</param>
public sealed record MeasuredMessage(string Id, long Operations, IReadOnlyList<double> Nanoseconds, double? AllocatedBytes, string? Digest, string? Chosen = null) : WorkerMessage;

public sealed record PhasesMessage(string Id, int Tokens, long TotalNanoseconds, IReadOnlyList<Phase> Phases) : WorkerMessage;

/// <summary>The worker gives up.</summary>
/// <param name="Id">The workload it was at; null for none.</param>
/// <param name="Message">One line.</param>
public sealed record FailedMessage(FailureKind Kind, string? Id, string Message) : WorkerMessage;

public sealed record DoneMessage : WorkerMessage;

public enum FailureKind
{
    /// <summary>Anything that should not happen.</summary>
    Error,

    /// <summary>A workload computed something else than its reference.</summary>
    WrongResult,

    /// <summary>Plan and worker do not understand each other: another protocol version, an unknown workload.</summary>
    Protocol,

    /// <summary>The model cannot be used.</summary>
    Model,

    /// <summary>Code was not compiled as it is measured: a lower tier, a debug build.</summary>
    Code,
}
