using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>What the findings are made of: this machine and process as they are read at one time.</summary>
public sealed record HostCondition
{
    /// <summary>An empty folder on systems without /proc and /sys.</summary>
    public required HostFiles Files { get; init; }

    public required HostDescription Host { get; init; }

    /// <summary>Logical processors this process may use.</summary>
    public required IReadOnlyList<int> Allowed { get; init; }

    public required SysTopology Topology { get; init; }
    public required BuildDescription Build { get; init; }

    /// <summary>This process's own variables, from which a worker's are made.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>A managed debugger is attached to this process.</summary>
    public required bool Debugger { get; init; }

    /// <summary>Whether the system let a thread be bound to the processors a run would use.</summary>
    public required bool Bound { get; init; }

    public required TimerReading Timer { get; init; }

    /// <summary>What ran besides this process while it was watched; null where the system does not tell.</summary>
    public required OtherLoad? Load { get; init; }

    /// <summary>Processors a run with all threads would be bound to.</summary>
    public IReadOnlyList<int> Used => AllowedProcessors.Choose(Allowed, Topology, AllowedProcessors.AllThreads(Allowed, Topology, Host.CpuLimitCores));

    /// <summary>True, false, or null where that was not found out.</summary>
    public bool? VirtualMachine => Host.Virtualization is { } kind ? kind != "none" : null;

    /// <summary>Reads this machine; takes as long as it is to be watched.</summary>
    public static async Task<HostCondition> ReadAsync(RunEnvironment environment, TimeSpan watched, CancellationToken cancellationToken)
    {
        var files = HostFiles.Live;
        var before = LoadReading.Now(files);
        await Task.Delay(watched, cancellationToken);
        var after = LoadReading.Now(files);
        var variables = BuildProbe.CurrentEnvironment();
        return new HostCondition
        {
            Files = files,
            Host = environment.Host,
            Allowed = environment.Allowed,
            Topology = environment.Topology,
            Build = BuildProbe.DescribeCode(variables),
            Variables = variables,
            Debugger = System.Diagnostics.Debugger.IsAttached,
            Bound = TryBind(environment.Allowed),
            Timer = TimerReading.Measure(),
            Load = OtherLoad.Between(before, after, Environment.ProcessId),
        };
    }

    /// <summary>To all processors that are allowed anyway, by a thread of its own: nothing is changed for this process.</summary>
    private static bool TryBind(IReadOnlyList<int> allowed)
    {
        var bound = false;
        var thread = new Thread(() => bound = AllowedProcessors.Bind(allowed));
        thread.Start();
        thread.Join();
        return bound;
    }
}
