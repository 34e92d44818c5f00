namespace BitNet.Perf.Receipts.Schema;

/// <summary>The machine code of one method, as the JIT listed it in a worker that was not timed.</summary>
public sealed record MethodCode
{
    /// <summary>Class, method and parameters as the JIT writes them: "Namespace.RmsNorm:Apply(…):float".</summary>
    public required string Name { get; init; }

    /// <summary>Bytes of code, without constants.</summary>
    public required int Bytes { get; init; }

    public required InstructionCounts Counts { get; init; }

    /// <summary>One trip through the innermost loop that multiplies most; where none multiplies, through the one with the most vector instructions, then
    /// with the most instructions. Null without a loop.</summary>
    public InstructionCounts? HotLoop { get; init; }

    /// <summary>"sha256:…" over the listing without addresses, comments and the stack cookie: the same code has the same digest in every process.</summary>
    public required string Digest { get; init; }
}

/// <summary>Instructions by what they do; one instruction may count in several.</summary>
public sealed record InstructionCounts
{
    public required int Instructions { get; init; }

    /// <summary>Instructions on 512-bit vectors: their widest register.</summary>
    public required int Zmm { get; init; }

    /// <summary>On 256-bit vectors.</summary>
    public required int Ymm { get; init; }

    /// <summary>On 128-bit vectors; scalar floating point, which has the same registers, is not among them.</summary>
    public required int Xmm { get; init; }

    /// <summary>That read memory, constants included.</summary>
    public required int Loads { get; init; }

    /// <summary>That write memory.</summary>
    public required int Stores { get; init; }

    public required int Prefetches { get; init; }

    /// <summary>Jumps, with or without condition.</summary>
    public required int Branches { get; init; }

    /// <summary>Calls, those in place of a return included.</summary>
    public required int Calls { get; init; }

    /// <summary>Vector registers written to the stack frame.</summary>
    public required int Spills { get; init; }

    /// <summary>Vectors read from the stack frame.</summary>
    public required int Reloads { get; init; }

    /// <summary>By instruction and width; sorted by both.</summary>
    public required IReadOnlyList<MultiplyAddCount> MultiplyAdds { get; init; }

    /// <summary>Products that these multiply-adds form.</summary>
    public long Products() => MultiplyAdds.Sum(m => (long)m.Count * (MultiplyAddInstructions.Products(m.Instruction, m.Bits) ?? 0));

    /// <summary>Vector instructions of any width.</summary>
    public int Vectors() => Zmm + Ymm + Xmm;

    /// <summary>Whether this loop is more of a hot one than the other.</summary>
    public bool IsHotterThan(InstructionCounts other) => (Products(), Vectors(), Instructions).CompareTo((other.Products(), other.Vectors(), other.Instructions)) > 0;
}

/// <param name="Instruction">Mnemonic, "vpmaddubsw".</param>
/// <param name="Bits">Width of the vector: 512, 256 or 128; 64 or 32 of a scalar.</param>
public sealed record MultiplyAddCount(string Instruction, int Bits, int Count);
