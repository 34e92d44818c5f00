using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>The linear layers of a model in the format that a kernel reads, made once from the mapped file, which stays the source of truth.
/// On huge pages: read as a stream, ordinary ones cost some 5 % of the bandwidth.</summary>
public sealed unsafe class PackedLayers : IDisposable
{
    private const int PortionBytes = 1 << 20;

    private readonly HugePageBuffer<byte> _memory;

    internal PackedLayers(IReadOnlyList<LayerWeights> layers, TernaryFormat format)
    {
        Format = format;
        long bytes = 0;
        List<(TernaryMatrix Source, long Start)> placed = [];
        foreach (TernaryMatrix matrix in layers.SelectMany(layer => layer.Matrices))
        {
            placed.Add((matrix, bytes));
            bytes += Aligned(format.Bytes(matrix.Rows, matrix.Columns));
        }
        _memory = new(bytes);
        Pack(placed);
        int next = 0;
        Layers = [.. layers.Select(layer => layer.With(source => new TernaryMatrix(format, _memory.Pointer + placed[next++].Start, source.Rows, source.Columns, source.Scale)))];
    }

    public TernaryFormat Format { get; }

    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>Memory beside the mapped file.</summary>
    public long Bytes => _memory.Bytes;

    // A few cache lines more than needed, so that what is requested ahead of a matrix's end is the next one's beginning.
    private static long Aligned(long bytes) => (bytes + 255) / 256 * 256;

    private void Pack(List<(TernaryMatrix Source, long Start)> placed)
    {
        List<(TernaryMatrix Source, long Start, int Row, int Rows)> portions = [];
        foreach ((TernaryMatrix source, long start) in placed)
        {
            int group = Format.RowGroup;
            int step = Math.Max(1, PortionBytes / (source.Columns / 4) / group) * group;
            for (int row = 0; row < source.Rows; row += step) portions.Add((source, start, row, Math.Min(step, source.Rows - row)));
        }
        byte* target = _memory.Pointer;
        Parallel.ForEach(portions, portion => Format.Pack(
            portion.Source.Row(portion.Row), portion.Rows, portion.Source.Columns, target + portion.Start + portion.Row * Format.RowBytes(portion.Source.Columns)));
    }

    public void Dispose() => _memory.Dispose();
}
