using BitNet.Engine.Gguf;

namespace BitNet.Engine.Model;

/// <summary>Dimensions of a model, all from the file's metadata (spec 1.3); nothing is assumed from the name.</summary>
public sealed record ModelShape(
    string Architecture,
    string? Name,
    int VocabularySize,
    int ContextLength,
    int EmbeddingLength,
    int BlockCount,
    int FeedForwardLength,
    int HeadCount,
    int KeyValueHeadCount,
    int HeadSize,
    int RopeDimensions,
    float RopeBase,
    float RmsEpsilon)
{
    private static readonly string[] Supported = ["bitnet-b1.58", "bitnet-25"];

    /// <summary>Query heads side by side: HeadCount · HeadSize.</summary>
    public int QueryWidth => HeadCount * HeadSize;

    /// <summary>Key (or value) heads side by side.</summary>
    public int KeyValueWidth => KeyValueHeadCount * HeadSize;

    /// <summary>Query heads that share a key/value head.</summary>
    public int GroupSize => HeadCount / KeyValueHeadCount;

    /// <summary>Multiply-adds of all linear layers for one token, without the head.</summary>
    public long LinearMultiplyAdds =>
        BlockCount * (2L * QueryWidth * EmbeddingLength + 2L * KeyValueWidth * EmbeddingLength + 3L * FeedForwardLength * EmbeddingLength);

    /// <exception cref="GgufException">A key is missing or its value cannot be used.</exception>
    public static ModelShape Read(GgufFile file)
    {
        GgufMetadata metadata = file.Metadata;
        string architecture = metadata.GetString("general.architecture");
        if (!Supported.Contains(architecture))
        {
            throw new GgufException(file.Path, $"architecture '{architecture}' is not supported", expected: string.Join(" or ", Supported));
        }
        string Key(string suffix) => $"{architecture}.{suffix}";
        int Count(string suffix, int largest)
        {
            uint value = metadata.GetUInt32(Key(suffix));
            return value >= 1 && value <= (uint)largest
                ? (int)value
                : throw new GgufException(file.Path, $"{Key(suffix)} is {value}", expected: $"1 to {largest}");
        }
        int embedding = Count("embedding_length", 1 << 20);
        int heads = Count("attention.head_count", 1 << 12);
        int headSize = metadata.TryGetUInt32(Key("attention.key_length"), out _) ? Count("attention.key_length", 1 << 12) : embedding / heads;
        int rope = metadata.TryGetUInt32(Key("rope.dimension_count"), out _) ? Count("rope.dimension_count", headSize) : headSize;
        string embeddingName = "token_embd.weight";
        GgufTensor table = file.Tensor(embeddingName);
        if (table.Dimensions.Count != 2 || table.Dimensions[1] is < 1 or > 1 << 24)
        {
            throw new GgufException(file.Path, $"{embeddingName} is {table.Shape}", table.Offset, "embedding length × vocabulary");
        }
        ModelShape shape = new(
            architecture,
            metadata.TryGetString("general.name", out string? name) ? name : null,
            (int)table.Dimensions[1],
            Count("context_length", 1 << 24),
            embedding,
            Count("block_count", 1 << 12),
            Count("feed_forward_length", 1 << 20),
            heads,
            metadata.TryGetUInt32(Key("attention.head_count_kv"), out _) ? Count("attention.head_count_kv", heads) : heads,
            headSize,
            rope,
            metadata.TryGetSingle(Key("rope.freq_base"), out float frequency) ? frequency : 10_000f,
            metadata.GetSingle(Key("attention.layer_norm_rms_epsilon")));
        shape.Check(file);
        return shape;
    }

    private void Check(GgufFile file)
    {
        void Require(bool holds, string what, string expected)
        {
            if (!holds) throw new GgufException(file.Path, what, expected: expected);
        }
        Require(HeadCount % KeyValueHeadCount == 0, $"{HeadCount} heads share {KeyValueHeadCount} key/value heads", "a whole number of heads each");
        Require(HeadSize % 16 == 0, $"head size is {HeadSize}", "a multiple of 16");
        Require(RopeDimensions % 2 == 0 && RopeDimensions <= HeadSize, $"{RopeDimensions} rotated dimensions", $"an even number up to {HeadSize}");
        Require(RmsEpsilon is >= 0 and < 1, $"norm epsilon is {RmsEpsilon}", "0 to 1");
        Require(RopeBase is > 0 and < 1e12f, $"rope base is {RopeBase}", "above 0");
        foreach ((string what, int width) in new[] { ("embedding length", EmbeddingLength), ("feed-forward length", FeedForwardLength), ("query width", QueryWidth) })
        {
            Require(width % 128 == 0, $"{what} is {width}", "a multiple of 128 (I2_S blocks, spec 2.1)");
        }
    }
}
