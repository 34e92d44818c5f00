using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Simulations.Generation;

/// <summary>The parts of a receipt that no simulation varies: one host, one build, one model.</summary>
internal static class SimulatedHost
{
    private static readonly HostDescription Host = new()
    {
        Cpu = new CpuDescription
        {
            Vendor = "AuthenticAMD",
            Name = "AMD EPYC",
            Family = 25,
            Model = 17,
            Stepping = 1,
            LogicalCores = 2,
            Caches = [new CacheDescription(3, "unified", 32 << 20, 1)],
            Isa = ["avx2", "avx512f"],
            IsaLevel = "avx512",
        },
        Platform = "linux",
        Architecture = "x64",
        MemoryBytes = 16L << 30,
    };

    private static readonly BuildDescription Build = new()
    {
        Commit = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
        Dirty = false,
        Runtime = ".NET 10.0.1",
        Configuration = "Release",
        RuntimeIdentifier = "linux-x64",
        Jit = new JitSettings { TieredCompilation = false, TieredPgo = false, ReadyToRun = false, Environment = new Dictionary<string, string>() },
    };

    private static readonly ModelDescription Model = new()
    {
        File = "synthetic-2b.gguf",
        Bytes = 1_190_000_000,
        Sha256 = new string('a', 64),
        Architecture = "bitnet-b1.58",
        Format = "I2_S",
        HeadFormat = "F16",
        Parameters = 2_412_820_480,
        Shape = new ModelDimensions(30, 2560, 6912, 20, 5, 128, 128256, 4096),
        Synthetic = true,
    };

    public static Receipt Receipt(string run, DateTimeOffset start, int launches, IReadOnlyList<WorkloadRecord> workloads)
    {
        string[] order = [.. workloads.Select(workload => workload.Id)];
        return new Receipt
        {
            Schema = Receipts.Schema.Receipt.CurrentSchema,
            Run = run,
            CreatedUtc = start.AddMinutes(launches + 1),
            Origin = ReceiptOrigin.Measured,
            Status = RunStatus.Complete,
            Generator = new Generator("bitnet-perf", "0.1.0", 1),
            Suite = "gate",
            Filters = [],
            HostKey = "amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb",
            Host = Host,
            Build = Build,
            Model = Model,
            Settings = new RunSettings
            {
                Threads = [1, 2],
                LaunchesPlanned = launches,
                KernelWarmups = 3,
                KernelIterations = SimulatedReceipt.Iterations,
                KernelIterationMilliseconds = 1,
                EndToEndWarmups = 1,
                EndToEndIterations = SimulatedReceipt.Iterations,
                OrderSeed = 1,
                ColdBytes = 256L << 20,
                Environment = new Dictionary<string, string>(),
            },
            Launches = [.. Enumerable.Range(1, launches).Select(i => new LaunchRecord
            {
                Index = i,
                Outcome = LaunchOutcome.Complete,
                StartedUtc = start.AddMinutes(i),
                WallSeconds = 60,
                Order = order,
            })],
            Workloads = workloads,
            Warnings = [],
        };
    }
}
