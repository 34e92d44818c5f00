using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Valid receipts made of invented samples; every derived figure is computed, none pasted. Not sealed.</summary>
internal static class SyntheticReceipt
{
    public const string Gemv = "kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2";
    public const string Hot = "kernel/gemv/i2s/avx512/6912x2560/b1/hot/t2";
    public const string Decode = "e2e/decode/i2s+f16/tg32@ctx0/t2";
    public const string Probe = "probe/read/t2";
    public const string Control = "probe/control/t1";

    private const long GemvBytes = 6912 * 2560 / 4;

    public static Receipt Create(int launches = 3, string run = "20260131T081500Z-4f2a90c1", double slowdown = 1)
    {
        DateTimeOffset start = new(2026, 1, 31, 8, 15, 0, TimeSpan.Zero);
        HostDescription host = Host();
        WorkloadRecord[] workloads =
        [
            Workload(Gemv, "gemv/1", Unit.Nanoseconds, new() { Bytes = GemvBytes, MultiplyAdds = 6912 * 2560 }, launches, 100, 150_000 * slowdown, "i2s-avx512"),
            Workload(Hot, "gemv/1", Unit.Nanoseconds, new() { Bytes = GemvBytes, MultiplyAdds = 6912 * 2560 }, launches, 100, 70_000, "i2s-avx512"),
            Workload(Decode, "decode/1", Unit.TokensPerSecond, new() { Tokens = 32, Bytes = 32 * 1_180_000_000L }, launches, 1, 1.6e9 * slowdown, "i2s-avx512"),
            Workload(Probe, "read/1", Unit.GigabytesPerSecond, new() { Bytes = 1 << 30 }, launches, 1, (1 << 30) / 32.0, null),
            Workload(Control, "control/1", Unit.Nanoseconds, new(), launches, 50, 20_000, null),
        ];
        return new Receipt
        {
            Schema = Receipt.CurrentSchema,
            Run = run,
            CreatedUtc = start.AddMinutes(1 + launches),
            Origin = ReceiptOrigin.Measured,
            Status = RunStatus.Complete,
            Generator = new Generator("bitnet-perf", "0.1.0", 1),
            Suite = "quick",
            Filters = [],
            HostKey = "amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb",
            Host = host,
            Build = Build(),
            Model = Model(),
            Settings = Settings(launches),
            Launches = [.. Enumerable.Range(1, launches).Select(index => Launch(index, start, workloads))],
            Workloads = workloads,
            Phases = Phases(),
            Warnings = [],
        };
    }

    private static LaunchRecord Launch(int index, DateTimeOffset start, WorkloadRecord[] workloads) => new()
    {
        Index = index,
        Outcome = LaunchOutcome.Complete,
        StartedUtc = start.AddMinutes(index - 1),
        WallSeconds = 20.5,
        Order = [.. (index % 2 == 0 ? workloads.Reverse() : workloads).Select(workload => workload.Id)],
        Affinity = [0, 1],
        StealShare = 0.0125,
    };

    public static WorkloadRecord Workload(
        string id, string definition, Unit unit, WorkPerOperation work, int launches, long operations, double nanoseconds, string? kernel)
    {
        // A fixed pattern of about 1 %: enough to make median, minimum, maximum and spread differ from each other.
        LaunchSamples[] samples =
        [
            .. Enumerable.Range(1, launches).Select(launch => WorkloadFigures.Samples(unit, work, launch, operations,
                [.. Enumerable.Range(0, 5).Select(iteration => operations * nanoseconds * (1 + (0.004 * (launch % 3)) + (0.002 * (((launch * 3) + (iteration * 2)) % 7 - 3))))], 0,
                id.StartsWith("probe/read/", StringComparison.Ordinal) ? "4 streams, 1024 bytes ahead" : null)),
        ];
        return new WorkloadRecord
        {
            Id = id,
            Definition = definition,
            Metric = unit.Metric,
            Unit = unit.Name,
            Better = unit.Better,
            Threads = WorkloadId.Parse(id).Threads,
            Kernel = kernel,
            Work = work,
            Result = kernel is null ? null : new ResultCheck("sha256:" + new string('c', 64), "scalar", 6912, null),
            Launches = samples,
            Summary = WorkloadFigures.Summarize(unit, work, samples),
        };
    }

    private static HostDescription Host() => new()
    {
        Cpu = new CpuDescription
        {
            Vendor = "AuthenticAMD",
            Name = "AMD EPYC",
            Family = 25,
            Model = 17,
            Stepping = 1,
            Sockets = 1,
            PhysicalCores = 2,
            LogicalCores = 2,
            ThreadsPerCore = 1,
            Caches = [new(1, "data", 32 << 10, 2), new(1, "instruction", 32 << 10, 2), new(2, "unified", 1 << 20, 2), new(3, "unified", 32 << 20, 1)],
            Isa = ["avx2", "fma", "avx512f", "avx512bw", "avx512vbmi"],
            IsaLevel = "avx512",
            NominalMegahertz = 2600,
        },
        OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
        Platform = "linux",
        Kernel = "6.1.0-18-amd64",
        Architecture = "x64",
        Virtualization = "kvm",
        Container = "docker",
        MemoryBytes = 15_700_000_000,
        PageBytes = 4096,
        TransparentHugePages = "madvise",
        Governor = "performance",
        Turbo = true,
        NumaNodes = 1,
        CpuLimitCores = 2.5,
    };

    private static BuildDescription Build() => new()
    {
        Commit = string.Concat(Enumerable.Repeat("0123456789", 4)),
        Dirty = false,
        Sdk = "10.0.401",
        Runtime = ".NET 10.0.12",
        Configuration = "Release",
        RuntimeIdentifier = "linux-x64",
        Jit = new JitSettings
        {
            TieredCompilation = false,
            TieredPgo = false,
            ReadyToRun = true,
            Environment = new SortedDictionary<string, string> { ["DOTNET_TieredCompilation"] = "0" },
        },
    };

    private static ModelDescription Model() => new()
    {
        File = "synthetic-2b-seed1.gguf",
        Bytes = 1_187_801_280,
        Sha256 = new string('a', 64),
        Architecture = "bitnet-b1.58",
        Name = "synthetic",
        Format = "I2_S",
        HeadFormat = "F16",
        Parameters = 2_412_820_480,
        Shape = new ModelDimensions(30, 2560, 6912, 20, 5, 128, 128256, 4096),
        Synthetic = true,
    };

    private static RunSettings Settings(int launches) => new()
    {
        Threads = [1, 2],
        LaunchesPlanned = launches,
        KernelWarmups = 3,
        KernelIterations = 5,
        KernelIterationMilliseconds = 25,
        EndToEndWarmups = 1,
        EndToEndIterations = 5,
        ColdBytes = 256L << 20,
        ForcedKernel = null,
        OrderSeed = 20260131,
        AffinityPolicy = "first N allowed processors",
        Environment = new SortedDictionary<string, string> { ["BITNET_PERF_THREADS"] = "2" },
    };

    private static PhaseBreakdown Phases()
    {
        Phase[] parts = [new("forward/linear", 900_000_000, []), new("forward/attention", 120_000_000, [])];
        Phase[] phases =
        [
            new("embed", 1_000_000, []), new("forward", parts.Sum(part => part.Nanoseconds), parts), new("logits", 400_000_000, []),
            new("sample", 20_000_000, []), new("other", 1_234_567, []),
        ];
        return new PhaseBreakdown
        {
            Workload = Decode,
            Launch = 1,
            Tokens = 32,
            TotalNanoseconds = phases.Sum(phase => phase.Nanoseconds),
            Phases = phases,
        };
    }
}
