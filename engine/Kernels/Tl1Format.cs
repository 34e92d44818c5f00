using System.Runtime.InteropServices;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>TL1 (spec 3.7): two weights are one index 3·w0 + w1 + 4 of four bits, 0 to 8; two indices a byte, the first in the high nibble.</summary>
/// <remarks>The order is ours, as the original's depends on a generated configuration. Sixteen rows are stored together: vector j of a group, 64 bytes,
/// has columns 16j to 16j + 15; its byte 16·k + r is row r, columns 16j + 4k to 16j + 4k + 3. So a shuffle within 16 bytes looks one pair of
/// columns up for 16 rows. A last group of fewer rows is filled up with weights 0.</remarks>
public sealed unsafe class Tl1Format : TernaryFormat
{
    /// <summary>Rows of a group.</summary>
    public const int Group = 16;

    /// <summary>Columns and bytes of a vector.</summary>
    public const int VectorColumns = 16, VectorBytes = 64;

    /// <summary>Two weights 0.</summary>
    private const int Zero = 4;

    public static Tl1Format Instance { get; } = new();

    private Tl1Format() { }

    public override string Name => "tl1";

    public override int RowGroup => Group;

    public override long RowBytes(int columns) => columns / 4;

    public override void Pack(byte* i2s, int rows, int columns, byte* target)
    {
        byte* codes = (byte*)NativeMemory.Alloc((nuint)columns);
        try
        {
            for (int first = 0; first < rows; first += Group)
            {
                byte* group = target + first * RowBytes(columns);
                for (int r = 0; r < Group; r++)
                {
                    Span<byte> row = new(codes, columns);
                    // Code 1 is weight 0.
                    if (first + r < rows) I2SCodes.Unpack(new ReadOnlySpan<byte>(i2s + (long)(first + r) * columns / 4, columns / 4), row);
                    else row.Fill(1);
                    for (int c = 0; c < columns; c += 4)
                        group[c / VectorColumns * VectorBytes + c % VectorColumns / 4 * Group + r] = (byte)(Index(codes + c) << 4 | Index(codes + c + 2));
                }
            }
        }
        finally
        {
            NativeMemory.Free(codes);
        }
    }

    private static int Index(byte* codes) => 3 * (codes[0] - 1) + (codes[1] - 1) + Zero;

    /// <summary>The weights −1, 0, 1 of an index.</summary>
    public static (int First, int Second) Weights(int index) => (index / 3 - 1, index % 3 - 1);
}
