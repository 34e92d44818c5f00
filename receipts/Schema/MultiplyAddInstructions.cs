namespace BitNet.Perf.Receipts.Schema;

/// <summary>The instructions that count as multiply-adds, and how many products each forms (Intel's and AMD's manuals).</summary>
public static class MultiplyAddInstructions
{
    /// <summary>Of one instruction of that width; null when it is none.</summary>
    public static int? Products(string instruction, int bits)
    {
        bool fused = instruction.StartsWith("vfm", StringComparison.Ordinal) || instruction.StartsWith("vfnm", StringComparison.Ordinal);
        return (instruction, bits) switch
        {
            ("vpmaddubsw" or "vpdpbusd" or "vpdpbusds", 128 or 256 or 512) => bits / 8,
            ("vpmaddwd" or "vpdpwssd" or "vpdpwssds", 128 or 256 or 512) => bits / 16,
            (_, 128 or 256 or 512) when fused && instruction.EndsWith("ps", StringComparison.Ordinal) => bits / 32,
            (_, 128 or 256 or 512) when fused && instruction.EndsWith("pd", StringComparison.Ordinal) => bits / 64,
            (_, 32) when fused && instruction.EndsWith("ss", StringComparison.Ordinal) => 1,
            (_, 64) when fused && instruction.EndsWith("sd", StringComparison.Ordinal) => 1,
            _ => null,
        };
    }
}
