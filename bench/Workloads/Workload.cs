using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>One workload, ready to run in this process.</summary>
public abstract class Workload : IDisposable
{
    /// <summary>Does one operation. This alone is timed.</summary>
    public abstract void Run();

    /// <summary>What it chose in this process while it was made ready: the read probe its pattern. Null where there is no choice.</summary>
    public virtual string? Chosen => null;

    /// <summary>Runs once from a fixed start and digests the output: "sha256:…". Null for a probe, which computes nothing that could be wrong.</summary>
    public virtual string? Digest() => null;

    /// <summary>Holds the output against the scalar kernel or a plain reference; null for a probe.</summary>
    /// <exception cref="WrongResultException">They differ.</exception>
    public virtual ResultCheck? Check() => null;

    /// <summary>What an end-to-end workload evaluates and generates; null for others.</summary>
    public virtual GenerationInput? Input => null;

    /// <summary>Methods that its code names and this workload never calls, as the JIT begins their names: "Namespace.Class:Method(". Its listed code leaves them out.</summary>
    public virtual IReadOnlyList<string> NeverCalls => [];

    /// <summary>Called after each iteration, outside its time: ends what an operation leaves behind.</summary>
    public virtual void Settle() { }

    /// <summary>Whether the bytes that this process allocates say something about the operation.</summary>
    public virtual bool CountsAllocations => true;

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A workload computed something else than its reference. The message is one line: workload, where, found, expected.</summary>
public sealed class WrongResultException(string message) : Exception(message);
