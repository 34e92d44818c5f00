using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>How a product is cut into items for the workers. With several tokens an item is a row. With one token an item is a row in each of
/// <see cref="TernaryKernel.Streams"/> equal ranges of the matrix, which are read side by side as far-apart streams.</summary>
internal static unsafe class RowSplit
{
    /// <summary>Items handed out at once in a batch: integer results of 32 rows × 128 tokens stay in L1 and L2.</summary>
    public const int BatchGrain = 32;

    /// <summary>The most items handed out at once for one token.</summary>
    private const int TokenGrain = 256;

    /// <summary>Rows × tokens of integer results that one grain may have.</summary>
    public static long LargestGrain(int batchCapacity) =>
        Math.Max(TokenGrain * TernaryKernel.Streams, Math.Max(BatchGrain, TernaryFormat.LargestRowGroup) * (long)batchCapacity);

    public static bool Streams(in TernaryMatrix matrix, int tokens) =>
        tokens == 1 && matrix.Rows % (TernaryKernel.Streams * matrix.Format.RowGroup) == 0;

    public static int Items(in TernaryMatrix matrix, int tokens) => Streams(matrix, tokens) ? matrix.Rows / TernaryKernel.Streams : matrix.Rows;

    /// <summary>Bytes of weights in one grain of one token's product: some 1.5 µs of reading, which is what the workers wait for the last one at most.</summary>
    private const int GrainBytes = 64 << 10;

    /// <summary>Small enough that a worker that is slowed down delays the others little.</summary>
    public static int Grain(in TernaryMatrix matrix, int tokens, int threads)
    {
        int unit = Math.Max(8, matrix.Format.RowGroup);
        if (tokens == 1)
        {
            long itemBytes = matrix.Format.RowBytes(matrix.Columns) * (Streams(matrix, tokens) ? TernaryKernel.Streams : 1);
            return Math.Clamp((int)(GrainBytes / itemBytes) / unit * unit, unit, TokenGrain);
        }
        return Math.Clamp(matrix.Rows / (threads * 8) / unit * unit, unit, Math.Max(unit, BatchGrain));
    }

    /// <summary>Integer results of items [first, first + count): run <see cref="Piece"/> p of them at dots + p · stride.</summary>
    public static void Multiply(
        TernaryKernel kernel, in TernaryMatrix matrix, int first, int count, sbyte* activations, int* sums, int tokens, int* dots, int stride)
    {
        if (Streams(matrix, tokens))
        {
            long streamBytes = matrix.Rows / TernaryKernel.Streams * matrix.Format.RowBytes(matrix.Columns);
            kernel.MultiplyStreams(matrix.Row(first), streamBytes, count, matrix.Columns, activations, *sums, dots, stride);
        }
        else
        {
            kernel.Multiply(matrix.Row(first), count, matrix.Columns, activations, sums, tokens, dots, stride);
        }
    }

    /// <summary>Runs of results: one a token, or one a stream.</summary>
    public static int Pieces(in TernaryMatrix matrix, int tokens) => Streams(matrix, tokens) ? TernaryKernel.Streams : tokens;

    /// <summary>The token and the first row that run <paramref name="piece"/> of the results belongs to.</summary>
    public static (int Token, int Row) Piece(in TernaryMatrix matrix, int tokens, int first, int piece) =>
        Streams(matrix, tokens) ? (0, piece * (matrix.Rows / TernaryKernel.Streams) + first) : (piece, first);
}
