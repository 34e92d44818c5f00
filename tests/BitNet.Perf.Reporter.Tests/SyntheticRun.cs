using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Tests;

/// <summary>One invented run, made of given launch medians: all derived figures are computed by the receipts' own code.</summary>
internal sealed class SyntheticRun
{
    public const string Gemv = "kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2";
    public const string Small = "kernel/gemv/i2s/avx512/2560x2560/b1/cold/t1";
    public const string Decode = "e2e/decode/i2s+f16/tg32@ctx0/t2";
    public const string Read = "probe/read/t2";
    public const string Control = "probe/control/t1";
    public const string HostKey = "amd-f25m17s1-2c-avx512-linux-net10-16gb";

    private readonly List<WorkloadRecord> _workloads = [];
    private readonly SortedDictionary<string, MethodCode> _methods = new(StringComparer.Ordinal);
    private readonly string _run;

    public SyntheticRun(string run = "r1") => _run = run;

    public string Host { get; init; } = HostKey;
    public string Suite { get; init; } = "gate";
    public RunStatus Status { get; init; } = RunStatus.Complete;
    public int Protocol { get; init; } = 1;
    public IReadOnlyList<string> Filters { get; init; } = [];
    public string ModelSha256 { get; init; } = new('a', 64);
    public int ModelLayers { get; init; } = 30;
    public bool WithModel { get; init; } = true;
    public string Commit { get; init; } = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678";
    public PhaseBreakdown? Phases { get; init; }
    public string Configuration { get; init; } = "Release";
    public bool Tiered { get; init; }
    public string? ForcedKernel { get; init; }

    /// <summary>Launches that crashed, after those that have samples.</summary>
    public int Lost { get; init; }

    public IReadOnlyList<ReceiptWarning> Warnings { get; init; } = [];

    public Interleaving? Interleaving { get; init; }

    /// <summary>Of a run that measured on: the first of them after the launches planned.</summary>
    public IReadOnlyList<DeclaredLook>? Looks { get; init; }

    /// <summary>A workload by its launches' values in its own unit; each launch has three iterations around its value.</summary>
    public SyntheticRun With(
        string id, double[] launches, string unit = "ns", string definition = "d/1", string? digest = "sha256:d1", double? allocated = null, string? kernel = "i2s-avx512",
        string? pattern = null)
    {
        Unit known = Unit.Find(unit)!;
        WorkPerOperation work = id.StartsWith("e2e/", StringComparison.Ordinal) ? new() { Tokens = 32, Bytes = 32 * 1_180_000_000L }
            : id.StartsWith("probe/read/", StringComparison.Ordinal) ? new() { Bytes = 1 << 30 }
            : id.StartsWith("probe/mac/", StringComparison.Ordinal) ? new() { MultiplyAdds = 1 << 28 }
            : id.StartsWith("probe/", StringComparison.Ordinal) ? new()
            : new() { Bytes = 6912 * 2560 / 4, MultiplyAdds = 6912 * 2560 };
        LaunchSamples[] samples = [.. launches.Select((value, i) =>
        {
            double nanoseconds = WorkloadFigures.NanosecondsPerOperation(known, work, value)!.Value;
            return WorkloadFigures.Samples(known, work, i + 1, 1, [nanoseconds, nanoseconds * 1.001, nanoseconds * 0.999], allocated, pattern);
        })];
        _workloads.Add(new WorkloadRecord
        {
            Id = id,
            Definition = definition,
            Metric = known.Metric,
            Unit = unit,
            Better = known.Better,
            Threads = WorkloadId.TryParse(id, out WorkloadId? parsed) ? parsed.Threads : 1,
            Kernel = kernel,
            Work = work,
            Result = digest is null ? null : new ResultCheck(digest, "scalar", 6912, null),
            Lossy = parsed?.IsLossy == true ? true : null,
            Launches = samples,
            Summary = WorkloadFigures.Summarize(known, work, samples),
        });
        return this;
    }

    /// <summary>Code of the workload added last.</summary>
    public SyntheticRun WithCode(params MethodCode[] methods)
    {
        foreach (MethodCode method in methods) _methods[method.Name] = method;
        _workloads[^1] = _workloads[^1] with { MachineCode = MachineCode.Of(methods) };
        return this;
    }

    /// <summary>A steady control kernel and read probe.</summary>
    public SyntheticRun WithProbes(int launches, double controlFactor = 1, double readFactor = 1) =>
        With(Control, Steady(20_000 * controlFactor, launches, 0.002), definition: "control/1", digest: null, kernel: null)
        .With(Read, Steady(25 * readFactor, launches, 0.004), unit: "GB/s", definition: "read/1", digest: null, kernel: null);

    /// <summary>Values that alternate around a middle by a known log deviation: no randomness, geometric mean exactly the middle for even n.</summary>
    public static double[] Steady(double middle, int launches, double deviation) =>
        [.. Enumerable.Range(0, launches).Select(i => middle * Math.Exp((i % 2 == 0 ? 1 : -1) * deviation))];

    public Receipt Build()
    {
        int launches = _workloads.Count == 0 ? 0 : _workloads.Max(w => w.Launches.Count);
        DateTimeOffset start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);
        return ReceiptDigest.Seal(new Receipt
        {
            Schema = Receipt.CurrentSchema,
            Run = _run,
            CreatedUtc = start.AddMinutes(30),
            Origin = ReceiptOrigin.Measured,
            Status = Status,
            Generator = new Generator("bitnet-perf", "0.1.0", Protocol),
            Suite = Suite,
            Filters = Filters,
            HostKey = Host,
            Host = new HostDescription
            {
                Cpu = new CpuDescription
                {
                    Vendor = "AuthenticAMD",
                    Name = "AMD EPYC",
                    LogicalCores = 2,
                    Caches = [new CacheDescription(3, "unified", 32 << 20, 1)],
                    Isa = ["avx2", "avx512f"],
                    IsaLevel = "avx512",
                },
                Platform = "linux",
                Architecture = "x64",
                MemoryBytes = 16L << 30,
            },
            Build = new BuildDescription
            {
                Commit = Commit,
                Dirty = false,
                Runtime = ".NET 10.0.1",
                Configuration = Configuration,
                RuntimeIdentifier = "linux-x64",
                Jit = new JitSettings { TieredCompilation = Tiered, TieredPgo = false, ReadyToRun = false, Environment = new Dictionary<string, string>() },
            },
            Model = !WithModel ? null : new ModelDescription
            {
                File = "synthetic-2b.gguf",
                Bytes = 1_190_000_000,
                Sha256 = ModelSha256,
                Architecture = "bitnet-b1.58",
                Format = "I2_S",
                HeadFormat = "F16",
                Parameters = 2_412_820_480,
                Shape = new ModelDimensions(ModelLayers, 2560, 6912, 20, 5, 128, 128256, 4096),
                Synthetic = true,
            },
            Settings = new RunSettings
            {
                Threads = [1, 2],
                LaunchesPlanned = Looks?[0].Launches ?? launches + Lost,
                Looks = Looks,
                KernelWarmups = 3,
                KernelIterations = 15,
                KernelIterationMilliseconds = 25,
                EndToEndWarmups = 1,
                EndToEndIterations = 3,
                OrderSeed = 1,
                ForcedKernel = ForcedKernel,
                Environment = new Dictionary<string, string>(),
            },
            Launches = [.. Enumerable.Range(1, launches + Lost).Select(i => new LaunchRecord
            {
                Index = i,
                Outcome = i <= launches ? LaunchOutcome.Complete : LaunchOutcome.Crashed,
                StartedUtc = start.AddMinutes(i),
                WallSeconds = 20,
                Order = i <= launches ? [.. _workloads.Where(w => w.Launches.Any(l => l.Launch == i)).Select(w => w.Id)] : [],
                Failure = i <= launches ? null : "it crashed",
            })],
            Workloads = _workloads,
            Methods = _methods.Count > 0 ? [.. _methods.Values] : null,
            Phases = Phases,
            Interleaving = Interleaving,
            Warnings = Warnings,
        });
    }
}
