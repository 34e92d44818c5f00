using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>Five codes a byte, 1.6 bits a weight: byte j of a block of 64 holds elements j, 64 + j, 128 + j, 192 + j and 256 + j of its 320,
/// called c0 to c4. A row's last block is filled up with weights 0.</summary>
/// <remarks>With v = c1 + 3·c2 + 9·c3 + 27·c4, 0 to 80: the byte is c0 | v &lt;&lt; 2 while v is below 64, and 3 | (17·c0 + v − 64) &lt;&lt; 2 else. So its
/// upper six bits index tables of 64 entries, which one look-up instruction holds; the plain number Σ c_k · 3^k would need 256.</remarks>
public sealed unsafe class Base3Format : TernaryFormat
{
    /// <summary>Codes of a block.</summary>
    public const int BlockCodes = 320;

    /// <summary>Bytes of a block, and distance of the codes that share a byte.</summary>
    public const int BlockBytes = 64;

    /// <summary>Codes 1 to 4 have 81 values, of which the last 17 are escaped.</summary>
    private const byte EscapeFrom = 64, EscapedValues = 81 - EscapeFrom;

    public static Base3Format Instance { get; } = new();

    private Base3Format() { }

    public override string Name => "base3";

    public static int Blocks(int columns) => (columns + BlockCodes - 1) / BlockCodes;

    public override long RowBytes(int columns) => (long)Blocks(columns) * BlockBytes;

    public override void Pack(byte* i2s, int rows, int columns, byte* target)
    {
        int blocks = Blocks(columns);
        byte* codes = (byte*)NativeMemory.Alloc((nuint)blocks * BlockCodes);
        try
        {
            for (int row = 0; row < rows; row++)
            {
                I2SCodes.Unpack(new ReadOnlySpan<byte>(i2s + (long)row * columns / 4, columns / 4), new Span<byte>(codes, columns));
                // Code 1 is weight 0.
                new Span<byte>(codes + columns, blocks * BlockCodes - columns).Fill(1);
                byte* packed = target + row * RowBytes(columns);
                for (int block = 0; block < blocks; block++) PackBlock(codes + block * BlockCodes, packed + block * BlockBytes);
            }
        }
        finally
        {
            NativeMemory.Free(codes);
        }
    }

    private static void PackBlock(byte* codes, byte* packed)
    {
        Vector256<byte> three = Vector256.Create((byte)3);
        for (int j = 0; j < BlockBytes; j += Vector256<byte>.Count)
        {
            Vector256<byte> Codes(int k) => Vector256.Load(codes + k * BlockBytes + j);
            Vector256<byte> first = Codes(0), rest = ((Codes(4) * three + Codes(3)) * three + Codes(2)) * three + Codes(1);
            Vector256<byte> escaped = Vector256.GreaterThanOrEqual(rest, Vector256.Create(EscapeFrom));
            Vector256<byte> index = Vector256.ConditionalSelect(escaped, first * Vector256.Create(EscapedValues) + rest - Vector256.Create(EscapeFrom), rest);
            Vector256<byte> low = Vector256.ConditionalSelect(escaped, three, first);
            // At most 63: four times it fits a byte.
            (low | index << 2).Store(packed + j);
        }
    }

    /// <summary>Code k of a byte.</summary>
    public static int Code(byte packed, int k)
    {
        bool escaped = (packed & 3) == 3;
        int index = packed >> 2;
        if (k == 0) return escaped ? Math.Min(index / EscapedValues, 2) : packed & 3;
        int rest = escaped ? EscapeFrom + index % EscapedValues : index;
        for (int i = 1; i < k; i++) rest /= 3;
        return rest % 3;
    }
}
