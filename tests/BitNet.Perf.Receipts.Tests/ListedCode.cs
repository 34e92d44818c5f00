using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Invented listings of machine code, as many as a run has.</summary>
internal static class ListedCode
{
    /// <summary>Leaves that nothing else follows from: what a listing shows is counted where the listing is, and a receipt does not hold it.</summary>
    public static IReadOnlyList<string> FreeFacts { get; } =
    [
        "$.methods[].bytes",
        .. new[] { "branches", "calls", "instructions", "loads", "multiplyAdds[].count", "prefetches", "reloads", "spills", "stores", "xmm", "ymm", "zmm" }.Select(count => $"$.methods[].counts.{count}"),
        .. new[] { "instructions", "loads" }.Select(count => $"$.methods[].hotLoop.{count}"),
    ];

    /// <summary>The receipt with so many methods; each kernel and probe runs through so many of them.</summary>
    public static Receipt In(Receipt receipt, int methods, int each)
    {
        MethodCode[] all = [.. Enumerable.Range(0, methods).Select(Method)];
        int next = 0;
        return receipt with
        {
            Methods = all,
            Workloads = [.. receipt.Workloads.Select(workload => workload.Id.StartsWith("e2e/", StringComparison.Ordinal)
                ? workload
                : workload with { MachineCode = MachineCode.Of([.. Enumerable.Range(next++ * each, each).Select(index => all[index % methods])]) })],
        };
    }

    private static MethodCode Method(int index) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"BitNet.Engine.Kernels.Form{index:0000}:Multiply(ptr,ptr,ptr,int,int)"),
        Bytes = 4 * (200 + index),
        Counts = Counts(200 + index, loads: 40),
        HotLoop = Counts(60 + (index % 7), loads: 16),
        Digest = "sha256:" + index.ToString("x64", CultureInfo.InvariantCulture),
    };

    private static InstructionCounts Counts(int instructions, int loads) => new()
    {
        Instructions = instructions,
        Zmm = 24,
        Ymm = 3,
        Xmm = 2,
        Loads = loads,
        Stores = 4,
        Prefetches = 1,
        Branches = 3,
        Calls = 1,
        Spills = 2,
        Reloads = 2,
        MultiplyAdds = [new("vpmaddubsw", 512, 12), new("vpmaddwd", 512, 4)],
    };
}
