using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>TQ2_0: 256 codes in 64 bytes and a scale, 2.0625 bits a weight. Byte m of half h holds elements 128h + m, + 32, + 64 and + 96, the first
/// in the lowest bits.</summary>
public sealed class Tq2Format : TernaryBlockFormat
{
    public static Tq2Format Instance { get; } = new();

    private Tq2Format() { }

    public override string Name => "tq2_0";

    private protected override int BlockBytes => TernaryBlocks.Tq2Bytes;

    private protected override void PackRow(ReadOnlySpan<byte> codes, Span<byte> blocks) => TernaryBlocks.PackTq2(codes, (Half)1, blocks);
}
