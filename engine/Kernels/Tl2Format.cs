using System.Runtime.InteropServices;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>TL2 (spec 3.8): three weights are v = 9·w0 + 3·w1 + w2, −13 to 13, stored as |v| in four bits and a sign bit (1: negative) apart from it,
/// 5 bits for 3 weights. Columns that do not fill a block are weights 0.</summary>
/// <remarks>The order is ours. Thirty-two rows are stored together, in blocks of 48 columns and five vectors of 64 bytes: signs, then four of indices.
/// Byte 32·h + r of a vector is row r. Look-up i, 0 to 7, is a nibble of index vector i/2 (the high one for even i) and bit i of the sign byte; it covers
/// columns 6i + 3h to 6i + 3h + 2 of the block. A last group of fewer rows is filled up with weights 0.</remarks>
public sealed unsafe class Tl2Format : TernaryFormat
{
    /// <summary>Rows of a group.</summary>
    public const int Group = 32;

    public const int BlockColumns = 48, BlockBytes = 5 * VectorBytes, VectorBytes = 64;

    /// <summary>Look-ups that cover a block, each two triples of every row.</summary>
    public const int BlockLookUps = 8;

    /// <summary>Largest |v|.</summary>
    public const int LargestIndex = 13;

    public static Tl2Format Instance { get; } = new();

    private Tl2Format() { }

    public override string Name => "tl2";

    public override int RowGroup => Group;

    public static int Blocks(int columns) => (columns + BlockColumns - 1) / BlockColumns;

    public override long RowBytes(int columns) => (long)Blocks(columns) * (BlockBytes / Group);

    public override void Pack(byte* i2s, int rows, int columns, byte* target)
    {
        int filled = Blocks(columns) * BlockColumns;
        byte* codes = (byte*)NativeMemory.Alloc((nuint)filled);
        try
        {
            for (int first = 0; first < rows; first += Group)
            {
                byte* group = target + first * RowBytes(columns);
                new Span<byte>(group, (int)(Group * RowBytes(columns))).Clear();
                for (int r = 0; r < Math.Min(Group, rows - first); r++)
                {
                    I2SCodes.Unpack(new ReadOnlySpan<byte>(i2s + (long)(first + r) * columns / 4, columns / 4), new Span<byte>(codes, columns));
                    // Code 1 is weight 0.
                    new Span<byte>(codes + columns, filled - columns).Fill(1);
                    for (int block = 0; block < Blocks(columns); block++) PackBlock(codes + block * BlockColumns, group + block * BlockBytes, r);
                }
            }
        }
        finally
        {
            NativeMemory.Free(codes);
        }
    }

    private static void PackBlock(byte* codes, byte* block, int row)
    {
        for (int triple = 0; triple < 2 * BlockLookUps; triple++)
        {
            int lookUp = triple / 2, at = triple % 2 * Group + row;
            int value = 9 * codes[3 * triple] + 3 * codes[3 * triple + 1] + codes[3 * triple + 2] - LargestIndex;
            block[VectorBytes * (1 + lookUp / 2) + at] |= (byte)(lookUp % 2 == 0 ? Math.Abs(value) << 4 : Math.Abs(value));
            if (value < 0) block[at] |= (byte)(1 << lookUp);
        }
    }

    /// <summary>v of a triple (0 to 15 in the order of columns) of a row of a block.</summary>
    public static int Value(byte* block, int row, int triple)
    {
        int lookUp = triple / 2, at = triple % 2 * Group + row;
        int pair = block[VectorBytes * (1 + lookUp / 2) + at], index = lookUp % 2 == 0 ? pair >> 4 : pair & 15;
        return (block[at] >> lookUp & 1) == 0 ? index : -index;
    }

    /// <summary>Weight k, 0 to 2, of a triple's v.</summary>
    public static int Weight(int value, int k) => (value + LargestIndex) / (k == 0 ? 9 : k == 1 ? 3 : 1) % 3 - 1;
}
