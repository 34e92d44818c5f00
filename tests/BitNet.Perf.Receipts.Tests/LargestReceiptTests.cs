using System.Diagnostics;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>The largest run that anybody makes: suite full, every format, four numbers of threads, as many launches as a gate's, samples of full length.</summary>
public class LargestReceiptTests
{
    private const int Launches = 16, Iterations = 15, MostBytes = 5_000_000;

    // Of a run of suite full on AVX-512 a few dozen are listed.
    private const int Methods = 200, MethodsEach = 8;

    private static readonly int[] Threads = [1, 2, 4, 8];

    [Fact]
    public void It_stays_under_5_MB_and_verifies()
    {
        Receipt receipt = ReceiptDigest.Seal(ListedCode.In(Largest(), Methods, MethodsEach));
        byte[] text = ReceiptFile.Format(receipt);
        var clock = Stopwatch.StartNew();
        IReadOnlyList<Finding> findings = ReceiptVerification.Verify(ReceiptFile.Parse(text));
        TestContext.Current.TestOutputHelper!.WriteLine($"{receipt.Workloads.Count} workloads, {receipt.Launches.Count} launches, {text.Length} bytes, read and verified in {clock.ElapsedMilliseconds} ms");
        Assert.Empty(findings);
        Assert.True(receipt.Workloads.Count >= 200, $"{receipt.Workloads.Count} workloads are fewer than such a run has");
        Assert.True(text.Length < MostBytes, $"{text.Length} bytes");
    }

    private static Receipt Largest()
    {
        Receipt receipt = SyntheticReceipt.Create(launches: Launches);
        WorkloadRecord[] workloads = [.. Ids().Select((id, index) => Measured(id, index)), .. Probes()];
        string[] order = [.. workloads.Select(workload => workload.Id)];
        return receipt with
        {
            Host = receipt.Host with { Cpu = receipt.Host.Cpu with { LogicalCores = 8 }, CpuLimitCores = null },
            HostKey = HostKey.From(receipt.Host with { Cpu = receipt.Host.Cpu with { LogicalCores = 8 }, CpuLimitCores = null }, receipt.Build.Runtime),
            Suite = "full",
            CreatedUtc = receipt.CreatedUtc.AddHours(20),
            Settings = receipt.Settings with { Threads = Threads, KernelIterations = Iterations, EndToEndIterations = Iterations },
            Workloads = workloads,
            Launches = [.. receipt.Launches.Select(launch => launch with { WallSeconds = 3600, StartedUtc = launch.StartedUtc.AddHours(launch.Index - 1), Affinity = [.. Enumerable.Range(0, 8)], Order = order })],
            Phases = receipt.Phases! with { Workload = "e2e/decode/i2s+f16/tg32@ctx0/t2" },
        };
    }

    private static IEnumerable<string> Ids() =>
    [
        .. from threads in Threads
           from format in new[] { "i2s", "tl1", "tl2", "tq1_0", "tq2_0", "base3" }
           from shape in new[] { "6912x2560", "2560x6912", "2560x2560", "640x2560" }
           from rest in new[] { "b1/cold", "b1/hot", "b128/hot" }
           select $"kernel/{(rest[1..].StartsWith("128", StringComparison.Ordinal) ? "gemm" : "gemv")}/{format}/avx512/{shape}/{rest}/t{threads}",
        .. from threads in Threads from head in new[] { "f16", "screened8" } from context in new[] { 0, 512, 2048 } select $"e2e/decode/i2s+{head}/tg32@ctx{context}/t{threads}",
    ];

    private static IEnumerable<WorkloadRecord> Probes() =>
    [
        .. Threads.Select(threads => Sampled($"probe/read/t{threads}", "read/2", Unit.GigabytesPerSecond, new() { Bytes = 1 << 29 }, 1, (1 << 29) / 400.0, threads)),
        Sampled("probe/control/t1", "control/1", Unit.Nanoseconds, new(), 1000, 20_000, 5),
    ];

    // Amounts of work are no part of a receipt's length worth making up: null, as of a workload that has none.
    private static WorkloadRecord Measured(string id, int index) => id.StartsWith("e2e/", StringComparison.Ordinal)
        ? Sampled(id, "decode/1", Unit.TokensPerSecond, new() { Tokens = 32 }, 1, 1.6e9, index)
        : Sampled(id, id.Split('/')[1] + "/1", Unit.Nanoseconds, new(), 128, 150_000, index);

    private static WorkloadRecord Sampled(string id, string definition, Unit unit, WorkPerOperation work, long operations, double nanoseconds, int seed)
    {
        var random = new Random(seed);
        LaunchSamples[] launches =
        [
            .. Enumerable.Range(1, Launches).Select(launch => WorkloadFigures.Samples(unit, work, launch, operations,
                [.. Enumerable.Range(0, Iterations).Select(_ => Math.Round(operations * nanoseconds * (1 + (0.05 * random.NextDouble())), 2))], 0)),
        ];
        string? kernel = id.StartsWith("probe/", StringComparison.Ordinal) ? null : "i2s-avx512";
        return SyntheticReceipt.Workload(id, definition, unit, work, 1, operations, nanoseconds, kernel) with { Launches = launches, Summary = WorkloadFigures.Summarize(unit, work, launches) };
    }
}
