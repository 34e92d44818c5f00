using System.Numerics;
using System.Runtime.InteropServices;

namespace BitNet.Engine.Gguf;

/// <summary>
/// The I2_S packing (spec 2.2): blocks of 128 codes in 32 bytes; byte g holds elements g, 32 + g, 64 + g, 96 + g, the first in the most
/// significant bits. Code 0 is −1, 1 is 0, 2 is +1; 3 does not occur.
/// </summary>
public static class I2SCodes
{
    private const int BlockBytes = GgmlLayout.I2SBlock / 4;

    /// <param name="codes">0, 1 or 2 each; a whole number of blocks of 128.</param>
    /// <param name="packed">A quarter as many bytes.</param>
    public static void Pack(ReadOnlySpan<byte> codes, Span<byte> packed)
    {
        Check(codes.Length, packed.Length);
        for (int b = 0; b < packed.Length; b++)
        {
            ReadOnlySpan<byte> element = codes[(b / BlockBytes * GgmlLayout.I2SBlock + b % BlockBytes)..];
            packed[b] = (byte)(element[0] << 6 | element[32] << 4 | element[64] << 2 | element[96]);
        }
    }

    /// <summary>The inverse of <see cref="Pack"/>.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> codes)
    {
        Check(codes.Length, packed.Length);
        for (int b = 0; b < packed.Length; b++)
        {
            Span<byte> element = codes[(b / BlockBytes * GgmlLayout.I2SBlock + b % BlockBytes)..];
            for (int quarter = 0; quarter < 4; quarter++) element[32 * quarter] = (byte)(packed[b] >> 6 - 2 * quarter & 3);
        }
    }

    /// <summary>Index of the first byte that holds a code 3, or −1.</summary>
    public static int FindInvalid(ReadOnlySpan<byte> packed)
    {
        ReadOnlySpan<Vector<ushort>> vectors = MemoryMarshal.Cast<byte, Vector<ushort>>(packed);
        int v = 0;
        while (v + 4 <= vectors.Length)
        {
            Vector<ushort> found = BothBits(vectors[v]) | BothBits(vectors[v + 1]) | BothBits(vectors[v + 2]) | BothBits(vectors[v + 3]);
            if (found != Vector<ushort>.Zero) break;
            v += 4;
        }
        for (int i = v * Vector<byte>.Count; i < packed.Length; i++)
        {
            if ((packed[i] & packed[i] >> 1 & 0x55) != 0) return i;
        }
        return -1;
    }

    // Each pair of bits that are both set leaves its lower bit; bits that the shift carries across a byte fall outside the mask.
    private static Vector<ushort> BothBits(Vector<ushort> packed) =>
        packed & Vector.ShiftRightLogical(packed, 1) & new Vector<ushort>(0x5555);

    private static void Check(int codes, int packed)
    {
        if (codes % GgmlLayout.I2SBlock != 0 || packed != codes / 4)
            throw new ArgumentException($"{codes} codes and {packed} bytes; expected a multiple of {GgmlLayout.I2SBlock} codes and a quarter as many bytes");
    }
}
