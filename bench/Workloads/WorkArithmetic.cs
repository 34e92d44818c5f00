using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>Bytes and multiply-adds that an operation cannot do without, by the model's definition (spec 5.1). What an implementation does beyond
/// that is its own affair and makes its rate lower.</summary>
public static class WorkArithmetic
{
    /// <summary>Every packed weight once.</summary>
    public static WorkPerOperation Product(TernaryFormat format, int rows, int columns, int batch) => new()
    {
        Tokens = null,
        Bytes = format.Bytes(rows, columns),
        MultiplyAdds = (long)rows * columns * batch,
    };

    /// <summary>F16 weights.</summary>
    public static WorkPerOperation Head(ModelShape shape) => new()
    {
        Bytes = HeadBytes(shape),
        MultiplyAdds = HeadProducts(shape),
    };

    /// <summary>The int8 copy with its three numbers a row; the few rows computed in F16 are the implementation's own affair.</summary>
    public static WorkPerOperation ScreenedHead(ModelShape shape) => new()
    {
        Bytes = ScreenedHeadBytes(shape),
        MultiplyAdds = HeadProducts(shape),
    };

    /// <summary>All logits from a lossy copy.</summary>
    public static WorkPerOperation LossyHead(ModelShape shape, LossyHeadFormat format) => new()
    {
        Bytes = LossyHeadBytes(shape, format),
        MultiplyAdds = HeadProducts(shape),
    };

    /// <summary>One layer's attention of one token over <paramref name="context"/> positions: F16 keys and values.</summary>
    public static WorkPerOperation Attention(ModelShape shape, int context) => new()
    {
        Bytes = CacheBytesPerLayer(shape) * context,
        MultiplyAdds = 2L * shape.QueryWidth * context,
    };

    /// <summary><paramref name="tokens"/> tokens one after the other, the first after <paramref name="context"/> others.</summary>
    public static WorkPerOperation Decode(ModelShape shape, TernaryFormat format, int tokens, int context, string head)
    {
        // Token i attends to itself and all before it.
        var positions = (long)tokens * context + (long)tokens * (tokens + 1) / 2;
        return new()
        {
            Tokens = tokens,
            Bytes = tokens * (LinearBytes(shape, format) + HeadBytes(shape, head)) + positions * CacheBytesPerLayer(shape) * shape.BlockCount,
            MultiplyAdds = tokens * (shape.LinearMultiplyAdds + HeadProducts(shape)) + positions * 2 * shape.QueryWidth * shape.BlockCount,
        };
    }

    /// <summary>A prompt of <paramref name="tokens"/> tokens of which only the last one's logits are wanted: in the last layer the others are needed for
    /// their keys and values only.</summary>
    public static WorkPerOperation Prefill(ModelShape shape, TernaryFormat format, int tokens, string head)
    {
        var layer = shape.LinearMultiplyAdds / shape.BlockCount;
        var keysAndValues = 2L * shape.KeyValueWidth * shape.EmbeddingLength;
        var pairs = (long)tokens * (tokens + 1) / 2;
        return new()
        {
            Tokens = tokens,
            Bytes = LinearBytes(shape, format) + HeadBytes(shape, head),
            MultiplyAdds = (shape.BlockCount - 1) * (tokens * layer + 2 * shape.QueryWidth * pairs)
                + tokens * keysAndValues + (layer - keysAndValues) + 2L * shape.QueryWidth * tokens + HeadProducts(shape),
        };
    }

    /// <summary>All linear layers once.</summary>
    public static long LinearBytes(ModelShape shape, TernaryFormat format) => shape.BlockCount * (
        format.Bytes(shape.QueryWidth, shape.EmbeddingLength) + 2 * format.Bytes(shape.KeyValueWidth, shape.EmbeddingLength)
        + format.Bytes(shape.EmbeddingLength, shape.QueryWidth) + 2 * format.Bytes(shape.FeedForwardLength, shape.EmbeddingLength)
        + format.Bytes(shape.EmbeddingLength, shape.FeedForwardLength));

    private static long HeadBytes(ModelShape shape, string head) =>
        head == HeadFormat.Screened ? ScreenedHeadBytes(shape)
        : HeadFormat.LossyNamed(head) is { } lossy ? LossyHeadBytes(shape, lossy)
        : HeadBytes(shape);

    /// <summary>Whole blocks, scales included.</summary>
    public static long LossyHeadBytes(ModelShape shape, LossyHeadFormat format) => shape.VocabularySize * format.RowBytes(shape.EmbeddingLength);

    public static long HeadBytes(ModelShape shape) => 2 * HeadProducts(shape);

    public static long ScreenedHeadBytes(ModelShape shape) => ScreeningRows.BytesOf(shape.VocabularySize, shape.EmbeddingLength);

    /// <summary>Keys and values of one position in one layer, F16.</summary>
    public static long CacheBytesPerLayer(ModelShape shape) => 2L * 2 * shape.KeyValueWidth;

    private static long HeadProducts(ModelShape shape) => (long)shape.VocabularySize * shape.EmbeddingLength;
}
