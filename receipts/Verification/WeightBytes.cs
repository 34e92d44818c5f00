namespace BitNet.Perf.Receipts.Verification;

/// <summary>Bytes of a matrix in each weight format, blocks filled up, as docs/kernels.md describes them. Written apart from the engine, which receipts know nothing of.</summary>
internal static class WeightBytes
{
    /// <summary>Null for a format that is not known.</summary>
    public static double? Of(string format, double rows, double columns) => format switch
    {
        "i2s" => rows * columns / 4,
        "tl1" => UpTo(rows, 16) * columns / 4,
        "tl2" => UpTo(rows, 32) * Blocks(columns, 48) * 10,
        "tq1_0" => rows * Blocks(columns, 256) * 54,
        "tq2_0" => rows * Blocks(columns, 256) * 66,
        "base3" => rows * Blocks(columns, 320) * 64,
        "screened8" => rows * (columns + ScreenedBytesPerRow),
        // Whole blocks with their scales: 34 bytes for 32 weights, 210 for 256.
        "q8_0" => rows * columns / 32 * 34,
        "q6_k" => rows * columns / 256 * 210,
        "f16" => rows * columns * 2,
        "f32" => rows * columns * 4,
        _ => null,
    };

    // The screened head's int8 copy has three f32 a row.
    private const int ScreenedBytesPerRow = 12;

    private static double Blocks(double columns, int length) => Math.Ceiling(columns / length);

    private static double UpTo(double rows, int group) => Math.Ceiling(rows / group) * group;
}
