using System.Buffers.Binary;

namespace BitNet.Engine.Gguf;

/// <summary>
/// TQ1_0 and TQ2_0: blocks of 256 ternary codes (0, 1, 2 for −1, 0, +1) followed by an f16 scale (spec 5.4, 5.5). One scale is
/// written to every block, as when an I2_S tensor, which has one scale, is repacked.
/// </summary>
public static class TernaryBlocks
{
    public const int Elements = 256;
    public const int Tq1Bytes = 54;
    public const int Tq2Bytes = 66;

    private const int Tq1Sections = 3;

    /// <param name="codes">A whole number of blocks of 256.</param>
    /// <param name="blocks">66 bytes a block: qs[64], f16 scale.</param>
    public static void PackTq2(ReadOnlySpan<byte> codes, Half scale, Span<byte> blocks)
    {
        Check(codes.Length, blocks.Length, Tq2Bytes);
        for (int b = 0; b < codes.Length / Elements; b++)
        {
            ReadOnlySpan<byte> code = codes.Slice(b * Elements, Elements);
            Span<byte> block = blocks.Slice(b * Tq2Bytes, Tq2Bytes);
            for (int m = 0; m < 64; m++)
            {
                int first = m / 32 * 128 + m % 32;
                block[m] = (byte)(code[first] | code[first + 32] << 2 | code[first + 64] << 4 | code[first + 96] << 6);
            }
            BinaryPrimitives.WriteHalfLittleEndian(block[64..], scale);
        }
    }

    /// <summary>The codes of <see cref="PackTq2"/>; the scales stay in the blocks.</summary>
    public static void UnpackTq2(ReadOnlySpan<byte> blocks, Span<byte> codes)
    {
        Check(codes.Length, blocks.Length, Tq2Bytes);
        for (int i = 0; i < codes.Length; i++)
        {
            int inBlock = i % Elements;
            byte packed = blocks[i / Elements * Tq2Bytes + inBlock / 128 * 32 + inBlock % 32];
            codes[i] = (byte)(packed >> inBlock % 128 / 32 * 2 & 3);
        }
    }

    /// <param name="codes">A whole number of blocks of 256.</param>
    /// <param name="blocks">54 bytes a block: qs[48], qh[4], f16 scale.</param>
    public static void PackTq1(ReadOnlySpan<byte> codes, Half scale, Span<byte> blocks)
    {
        Check(codes.Length, blocks.Length, Tq1Bytes);
        for (int b = 0; b < codes.Length / Elements; b++)
        {
            ReadOnlySpan<byte> code = codes.Slice(b * Elements, Elements);
            Span<byte> block = blocks.Slice(b * Tq1Bytes, Tq1Bytes);
            for (int section = 0; section < Tq1Sections; section++)
            {
                (int firstByte, int bytes, int firstElement, int trits) = Tq1Section(section);
                for (int m = 0; m < bytes; m++)
                {
                    int value = 0;
                    for (int n = 0; n < 5; n++) value = 3 * value + (n < trits ? code[firstElement + n * bytes + m] : 0);
                    // Rounding up makes the decoder's multiply-and-take-the-top-bits exact for all 243 values.
                    block[firstByte + m] = (byte)((value * 256 + 242) / 243);
                }
            }
            BinaryPrimitives.WriteHalfLittleEndian(block[52..], scale);
        }
    }

    /// <summary>The codes of <see cref="PackTq1"/>; the scales stay in the blocks.</summary>
    public static void UnpackTq1(ReadOnlySpan<byte> blocks, Span<byte> codes)
    {
        Check(codes.Length, blocks.Length, Tq1Bytes);
        for (int b = 0; b < codes.Length / Elements; b++)
        {
            ReadOnlySpan<byte> block = blocks.Slice(b * Tq1Bytes, Tq1Bytes);
            for (int section = 0; section < Tq1Sections; section++)
            {
                (int firstByte, int bytes, int firstElement, int trits) = Tq1Section(section);
                for (int m = 0; m < bytes; m++)
                {
                    byte rest = block[firstByte + m];
                    for (int n = 0; n < trits; n++)
                    {
                        codes[b * Elements + firstElement + n * bytes + m] = (byte)(rest * 3 >> 8);
                        rest = (byte)(rest * 3);
                    }
                }
            }
        }
    }

    // qs[0..31], qs[32..47] and qh[0..3]: the first byte, how many, the first element, trits in a byte.
    private static (int FirstByte, int Bytes, int FirstElement, int Trits) Tq1Section(int section) => section switch
    {
        0 => (0, 32, 0, 5),
        1 => (32, 16, 160, 5),
        _ => (48, 4, 240, 4),
    };

    private static void Check(int codes, int bytes, int blockBytes)
    {
        if (codes % Elements != 0 || bytes != codes / Elements * blockBytes)
            throw new ArgumentException($"{codes} codes and {bytes} bytes; expected whole blocks of {Elements} codes in {blockBytes} bytes");
    }
}
