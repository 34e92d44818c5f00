namespace BitNet.Engine.Kernels;

/// <summary>The head in a lossy format, made from its F16 rows. Immutable.</summary>
public sealed unsafe class LossyRows : IDisposable
{
    private const int RowsAtOnce = 64;

    private readonly HugePageBuffer<byte> _packed;

    /// <summary>Rounds every row, on all processors this process may use.</summary>
    /// <param name="weights">rows × columns F16, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">Columns that are no whole blocks of the format.</exception>
    public LossyRows(LossyHeadFormat format, short* weights, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        format.Check(columns);
        (Format, Rows, Columns) = (format, rows, columns);
        long rowBytes = format.RowBytes(columns);
        _packed = new(rows * rowBytes);
        nint first = (nint)weights;
        Parallel.For(0, (rows + RowsAtOnce - 1) / RowsAtOnce, block =>
        {
            int end = Math.Min((block + 1) * RowsAtOnce, rows);
            for (int row = block * RowsAtOnce; row < end; row++) format.Pack((short*)first + (long)row * columns, columns, _packed.Pointer + row * rowBytes);
        });
    }

    public LossyHeadFormat Format { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>rows × RowBytes(columns).</summary>
    public byte* Packed => _packed.Pointer;

    public long Bytes => _packed.Bytes;

    public void Dispose() => _packed.Dispose();
}
