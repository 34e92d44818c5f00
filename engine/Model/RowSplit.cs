using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>How one product is cut into items for the workers. With several tokens an item is a row. With one token an item is a row in each of
/// <see cref="TernaryKernel.Streams"/> equal ranges of the matrix, which are read side by side as far-apart streams.</summary>
/// <remarks>What a grain needs is worked out once: a layer has some 50 ranges.</remarks>
internal readonly unsafe struct RowSplit
{
    /// <summary>Items handed out at once in a batch: integer results of 32 rows × 128 tokens stay in L1 and L2.</summary>
    public const int BatchGrain = 32;

    /// <summary>Bytes of weights in the smallest ranges of one token's product: 1 to 2 µs of reading (gate and up are two products), which is what the workers wait for the last one; more where a row group is larger.</summary>
    private const int UnitBytes = 40 << 10;

    private readonly long _rowBytes;

    /// <summary>Rows of one stream; 0 where the items are rows.</summary>
    private readonly int _streamRows;

    public RowSplit(in TernaryMatrix matrix, int tokens)
    {
        (Matrix, Tokens) = (matrix, tokens);
        _rowBytes = matrix.Format.RowBytes(matrix.Columns);
        bool streams = tokens == 1 && matrix.Rows % (TernaryKernel.Streams * matrix.Format.RowGroup) == 0;
        _streamRows = streams ? matrix.Rows / TernaryKernel.Streams : 0;
        Items = streams ? _streamRows : matrix.Rows;
        Pieces = streams ? TernaryKernel.Streams : tokens;
    }

    /// <summary>Integer results that one grain of a matrix with at most so many rows may have.</summary>
    public static long LargestGrain(int rows, int batchCapacity) => Math.Max(rows, Math.Max(BatchGrain, TernaryFormat.LargestRowGroup) * (long)batchCapacity);

    public TernaryMatrix Matrix { get; }

    public int Tokens { get; }

    public int Items { get; }

    /// <summary>Runs of results of a range of items: one a token, or one a stream.</summary>
    public int Pieces { get; }

    /// <summary>The fewest items handed out at once: whole row groups and tiles.</summary>
    public int Unit
    {
        get
        {
            int unit = Math.Max(8, Matrix.Format.RowGroup);
            if (Tokens > 1) return unit;
            long itemBytes = _rowBytes * (_streamRows > 0 ? TernaryKernel.Streams : 1);
            return Math.Max(unit, (int)(UnitBytes / itemBytes) / unit * unit);
        }
    }

    /// <summary>The most items handed out at once. With one token half of a worker's share: taking a range costs 0.1 to 0.2 µs of reading, since the loads under
    /// way have to arrive first.</summary>
    public int Grain(int threads) =>
        Tokens == 1 ? Math.Max(Items, Unit) : Math.Clamp(Matrix.Rows / (threads * 8) / Unit * Unit, Unit, Math.Max(Unit, BatchGrain));

    /// <summary>Integer results of items [first, first + count): those of piece p at dots + p · stride.</summary>
    public void Multiply(TernaryKernel kernel, int first, int count, sbyte* activations, int* sums, int* dots, int stride)
    {
        byte* rows = Matrix.Packed + first * _rowBytes;
        if (_streamRows > 0) kernel.MultiplyStreams(rows, _streamRows * _rowBytes, count, Matrix.Columns, activations, *sums, dots, stride);
        else kernel.Multiply(rows, count, Matrix.Columns, activations, sums, Tokens, dots, stride);
    }

    /// <summary>Distance of the pieces in an output of tokens × <paramref name="stride"/>.</summary>
    public int PieceStride(int stride) => _streamRows > 0 ? _streamRows : stride;

    /// <summary>The token whose results a piece holds.</summary>
    public int Token(int piece) => _streamRows > 0 ? 0 : piece;
}
