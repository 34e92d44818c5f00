namespace BitNet.Engine.Kernels;

/// <summary>Weights of one linear layer in some format: y = W x with W rows × columns, w = scale · (code − 1) (spec 2).</summary>
public readonly unsafe struct TernaryMatrix(TernaryFormat format, byte* packed, int rows, int columns, float scale)
{
    public TernaryFormat Format { get; } = format;
    public byte* Packed { get; } = packed;
    public int Rows { get; } = rows;
    public int Columns { get; } = columns;
    public float Scale { get; } = scale;

    /// <param name="row">A multiple of the format's row group.</param>
    public byte* Row(int row) => Packed + row * Format.RowBytes(Columns);

    public long PackedBytes => Format.Bytes(Rows, Columns);
}
