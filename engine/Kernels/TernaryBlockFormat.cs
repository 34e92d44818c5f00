using System.Runtime.InteropServices;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>The formats whose blocks of 256 codes carry an f16 scale (spec 5.4, 5.5). The scale is stored as 1, so that a row is what other
/// engines read, and not used: products of codes are exact integers here, and the matrix has its one scale.</summary>
public abstract unsafe class TernaryBlockFormat : TernaryFormat
{
    /// <summary>Codes of a block. A row's last block is filled up with weights 0.</summary>
    public const int BlockCodes = TernaryBlocks.Elements;

    private protected TernaryBlockFormat() { }

    /// <summary>Bytes of a block, with its scale.</summary>
    private protected abstract int BlockBytes { get; }

    private protected abstract void PackRow(ReadOnlySpan<byte> codes, Span<byte> blocks);

    public static int Blocks(int columns) => (columns + BlockCodes - 1) / BlockCodes;

    public override long RowBytes(int columns) => (long)Blocks(columns) * BlockBytes;

    public override void Pack(byte* i2s, int rows, int columns, byte* target)
    {
        int filled = Blocks(columns) * BlockCodes, rowBytes = (int)RowBytes(columns);
        byte* memory = (byte*)NativeMemory.Alloc((nuint)filled);
        try
        {
            Span<byte> codes = new(memory, filled);
            // Code 1 is weight 0.
            codes[columns..].Fill(1);
            for (int row = 0; row < rows; row++)
            {
                I2SCodes.Unpack(new ReadOnlySpan<byte>(i2s + (long)row * columns / 4, columns / 4), codes[..columns]);
                PackRow(codes, new Span<byte>(target + (long)row * rowBytes, rowBytes));
            }
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }
}
