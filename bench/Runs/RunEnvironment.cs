using BitNet.Perf.Bench.Host;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>What a run finds around it: the machine, the folder for caches, the variables, and how to start a worker.</summary>
public sealed record RunEnvironment
{
    public required HostDescription Host { get; init; }

    /// <summary>Logical processors this process may use.</summary>
    public required IReadOnlyList<int> Allowed { get; init; }

    public required SysTopology Topology { get; init; }
    public required string Cache { get; init; }

    /// <summary>The worker's environment.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required IWorkerProcess Worker { get; init; }

    /// <summary>This process's own.</summary>
    public static RunEnvironment Live(WorkerCommand? command = null)
    {
        var variables = WorkerEnvironment.Of(BuildProbe.CurrentEnvironment());
        return new RunEnvironment
        {
            Host = HostProbe.Describe(),
            Allowed = AllowedProcessors.Now(),
            Topology = SysTopology.Read(HostFiles.Live),
            Cache = CacheFolder.Path,
            Variables = variables,
            Worker = new WorkerProcess(command ?? WorkerCommand.OfThisProgram(), variables),
        };
    }

    /// <summary>The number of threads that "all" means here.</summary>
    public int AllThreads => AllowedProcessors.AllThreads(Allowed, Topology, Host.CpuLimitCores);

    /// <summary>Thread counts of a run, ascending: those asked for, or 1 and all.</summary>
    /// <exception cref="RunRefusedException">More threads than processors, or fewer than one.</exception>
    public IReadOnlyList<int> Threads(IReadOnlyList<int>? asked)
    {
        IReadOnlyList<int> threads = [.. (asked is { Count: > 0 } ? asked : [1, AllThreads]).Distinct().Order()];
        if (threads[0] < 1)
            throw new RunRefusedException($"{threads[0]} threads; expected at least 1");
        return threads[^1] <= Allowed.Count
            ? threads
            : throw new RunRefusedException($"{threads[^1]} threads; this process may use {Allowed.Count} processors");
    }
}
