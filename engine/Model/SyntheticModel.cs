using System.Globalization;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Model;

/// <summary>Bytes written so far and in all.</summary>
public readonly record struct SyntheticProgress(long BytesWritten, long TotalBytes);

/// <summary>
/// Writes a model with the names, order, types, metadata keys and layout of the real file and random weights: enough to run and time
/// everything without the real weights. The bytes depend on the shape and the seed only, not on the machine or the number of threads.
/// </summary>
public static class SyntheticModel
{
    private const string NamePrefix = "synthetic-";

    // A multiple of every block's and of the I2_S trailer's bytes, so that a piece never begins inside a trailer.
    private const int PieceBytes = 1 << 20;

    // Enough pieces at a time that their unequal sizes even out over the cores.
    private const int PiecesPerCore = 4;

    /// <summary>general.name of the model a shape and seed give.</summary>
    public static string NameOf(SyntheticShape shape, ulong seed) => string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{shape.Name}-seed{seed}");

    /// <summary>Whether a file is one of these: its weights mean nothing, only its shape and its timing do.</summary>
    public static bool IsSynthetic(GgufMetadata metadata) =>
        metadata.TryGetString("general.name", out string? name) && name.StartsWith(NamePrefix, StringComparison.Ordinal);

    /// <summary>Everything of the file but the tensors' bytes.</summary>
    public static GgufHeader Header(SyntheticShape shape, ulong seed)
    {
        var header = new GgufHeader();
        SyntheticMetadata.AddTo(header, shape, NameOf(shape, seed));
        SyntheticTensors.AddTo(header, shape);
        return header;
    }

    /// <summary>
    /// Writes the file under a temporary name and renames it when complete; cancelled or failed, it leaves nothing behind.
    /// Uses some tens of MB of buffers and all cores, whatever the shape.
    /// </summary>
    /// <exception cref="GgufException">The file cannot be written, for instance because the disk is full.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static void Write(
        string path, SyntheticShape shape, ulong seed, IProgress<SyntheticProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        GgufHeader header = Header(shape, seed);
        using var writer = GgufWriter.Create(path, header);
        long headerBytes = writer.Bytes - header.DataBytes;
        long written = 0;
        int width = PiecesPerCore * Math.Min(Environment.ProcessorCount, 16);
        byte[][] making = Buffers(width);
        byte[][] ready = Buffers(width);
        Task<Piece[]> next = Task.FromResult(Array.Empty<Piece>());
        foreach (Piece[] pieces in Pieces(header).Chunk(width).Append([]))
        {
            // While this group is made, the one before it is written.
            Piece[] done = next.GetAwaiter().GetResult();
            (making, ready) = (ready, making);
            byte[][] target = making;
            next = Task.Run(() => Make(shape, seed, pieces, target), CancellationToken.None);
            for (int i = 0; i < done.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Append(ready[i].AsSpan(0, done[i].Bytes));
                written += done[i].Bytes;
            }
            progress?.Report(new SyntheticProgress(headerBytes + written, writer.Bytes));
        }
        writer.Complete();
    }

    private readonly record struct Piece(GgufTensor Tensor, long Offset, int Bytes);

    private static byte[][] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new byte[PieceBytes])];

    private static IEnumerable<Piece> Pieces(GgufHeader header) =>
        from tensor in header.Tensors
        from piece in Enumerable.Range(0, (int)((tensor.Bytes + PieceBytes - 1) / PieceBytes))
        let offset = (long)piece * PieceBytes
        select new Piece(tensor, offset, (int)Math.Min(PieceBytes, tensor.Bytes - offset));

    private static Piece[] Make(SyntheticShape shape, ulong seed, Piece[] pieces, byte[][] buffers)
    {
        Parallel.For(0, pieces.Length, i =>
            SyntheticTensors.Fill(shape, seed, pieces[i].Tensor, pieces[i].Offset, buffers[i].AsSpan(0, pieces[i].Bytes)));
        return pieces;
    }
}
