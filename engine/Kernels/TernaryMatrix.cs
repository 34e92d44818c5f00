namespace BitNet.Engine.Kernels;

/// <summary>I2_S weights of one linear layer: y = W x with W rows × columns, w = scale · (code − 1) (spec 2).</summary>
public readonly unsafe struct TernaryMatrix(byte* packed, int rows, int columns, float scale)
{
    /// <summary>Row r starts at r · columns/4.</summary>
    public byte* Packed { get; } = packed;
    public int Rows { get; } = rows;
    public int Columns { get; } = columns;
    public float Scale { get; } = scale;

    public byte* Row(int row) => Packed + (long)row * (Columns / 4);

    public long PackedBytes => (long)Rows * Columns / 4;
}
