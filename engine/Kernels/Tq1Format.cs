using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>TQ1_0: 256 codes in 52 bytes and a scale, 1.6875 bits a weight; five codes a byte as digits that multiplication by 3 carries out at the
/// top, four in the last four bytes (spec 5.4).</summary>
public sealed class Tq1Format : TernaryBlockFormat
{
    public static Tq1Format Instance { get; } = new();

    private Tq1Format() { }

    public override string Name => "tq1_0";

    private protected override int BlockBytes => TernaryBlocks.Tq1Bytes;

    private protected override void PackRow(ReadOnlySpan<byte> codes, Span<byte> blocks) => TernaryBlocks.PackTq1(codes, (Half)1, blocks);

    /// <summary>Which byte of a block holds an element, and as which digit, the first being 0.</summary>
    public static (int Byte, int Digit) Place(int element) => element switch
    {
        < 160 => (element % 32, element / 32),
        < 240 => (32 + (element - 160) % 16, (element - 160) / 16),
        _ => (48 + (element - 240) % 4, (element - 240) / 4),
    };
}
