using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Tests;

/// <summary>Invented machine code.</summary>
internal static class Codes
{
    /// <param name="name">"Class:Method".</param>
    /// <param name="code">Stands for the code: equal where it is.</param>
    public static MethodCode Method(string name, char code, InstructionCounts? loop = null) => new()
    {
        Name = $"BitNet.Engine.Kernels.{name}(ptr,int)",
        Bytes = 1078,
        Counts = (loop ?? Loop(0)) with { Instructions = 253, Branches = 12, Calls = 4, Stores = 9, Spills = 7 },
        HotLoop = loop,
        Digest = "sha256:" + new string(code, 64),
    };

    public static InstructionCounts Loop(int instructions) => new()
    {
        Instructions = instructions,
        Zmm = 0,
        Ymm = 0,
        Xmm = 0,
        Loads = 0,
        Stores = 0,
        Prefetches = 0,
        Branches = 1,
        Calls = 0,
        Spills = 0,
        Reloads = 0,
        MultiplyAdds = [],
    };
}
