using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>The members that are left out where they do not apply, all at once.</summary>
internal static class OptionalMembers
{
    private const string Lossy = "e2e/decode/i2s+q8_0/tg32@ctx0/t2";

    // tg32@ctx0 of the synthetic model with a Q8_0 head, as docs/kernels.md counts it.
    private const long LossyBytes = 27_876_311_040;

    /// <summary>The receipt with them, not sealed.</summary>
    public static Receipt All(Receipt receipt)
    {
        WorkloadRecord lossy = SyntheticReceipt.Workload(
            Lossy, "decode/1", Unit.TokensPerSecond, new() { Tokens = 32, Bytes = LossyBytes }, receipt.Launches.Count, 1, 1.3e9, "i2s-avx512") with
        {
            Lossy = true,
        };
        Receipt whole = receipt with
        {
            Build = receipt.Build with { ExtraKernelWork = 5 },
            Workloads = [.. receipt.Workloads, lossy],
            Launches = [.. receipt.Launches.Select(launch => launch with { WallSeconds = 40, StartedUtc = launch.StartedUtc, Order = [.. launch.Order, Lossy] })],
            Settings = receipt.Settings with { Looks = [new(receipt.Launches.Count, 1)] },
            Warnings = [new(WarningCodes.ExtraWork, null, "a build with ExtraKernelWork=5")],
        };
        return ListedCode.In(whole with { Interleaving = InterleavingBreakages.Sound(whole) }, methods: 3, each: 2);
    }
}
