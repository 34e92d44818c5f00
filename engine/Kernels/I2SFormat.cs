namespace BitNet.Engine.Kernels;

/// <summary>The file's own packing (spec 2.2): blocks of 128 codes in 32 bytes, four codes a byte, rows one after the other.</summary>
public sealed unsafe class I2SFormat : TernaryFormat
{
    public static I2SFormat Instance { get; } = new();

    private I2SFormat() { }

    public override string Name => "i2s";

    public override long RowBytes(int columns) => columns / 4;

    public override void Pack(byte* i2s, int rows, int columns, byte* target)
    {
        long bytes = rows * RowBytes(columns);
        Buffer.MemoryCopy(i2s, target, bytes, bytes);
    }
}
