using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;
using BitNet.Engine.Tokens;

namespace BitNet.Engine.Model;

/// <summary>The weights of one model where the file is mapped, and copies of its linear layers and its head as kernels like them. Shared by any number of
/// generations.</summary>
public sealed unsafe class ModelWeights : IDisposable
{
    private readonly Lock _packing = new();
    private readonly List<PackedLayers> _packed = [];
    private readonly List<LossyRows> _lossy = [];
    private readonly Lazy<ScreeningRows> _screening;
    private readonly Lazy<Task<Tokenizer>> _tokenizer;

    private ModelWeights(GgufFile file, ModelShape shape)
    {
        File = file;
        Shape = shape;
        TensorLookup lookup = new(file);
        Embedding = (short*)lookup.Matrix("token_embd.weight", GgmlType.F16, shape.EmbeddingLength, shape.VocabularySize);
        OutputNorm = lookup.Vector("output_norm.weight", shape.EmbeddingLength);
        Layers = [.. Enumerable.Range(0, shape.BlockCount).Select(layer => new LayerWeights(lookup, shape, layer))];
        _screening = new(() => new ScreeningRows(Embedding, shape.VocabularySize, shape.EmbeddingLength));
        _tokenizer = new(() => Task.Run(() => Tokenizer.From(file.Metadata)));
        // An `output.weight`, where an old file has one, is not used: the reference always ties the head (spec 1.4).
    }

    public GgufFile File { get; }

    public ModelShape Shape { get; }

    /// <summary>As the file holds them.</summary>
    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>vocabulary × embedding, F16; both the embedding and the head.</summary>
    public short* Embedding { get; }

    /// <summary>The head's int8 copy, made when first asked for; see <see cref="ScreeningRows.ExtraBytes"/>.</summary>
    public ScreeningRows Screening => _screening.Value;

    /// <summary>The file's tokenizer, made when first asked for or when <see cref="Open"/> was told to.</summary>
    /// <exception cref="GgufException">A key is missing or of another type.</exception>
    /// <exception cref="TokenException">The vocabulary cannot be used.</exception>
    public Tokenizer Tokenizer => _tokenizer.Value.GetAwaiter().GetResult();

    /// <summary>embedding gains of the last norm.</summary>
    public float[] OutputNorm { get; }

    /// <summary>Packed bytes of all linear layers, which every token must read.</summary>
    public long LinearBytes => Layers.Sum(layer => layer.PackedBytes);

    public long HeadBytes => 2L * Shape.VocabularySize * Shape.EmbeddingLength;

    /// <summary>Bytes of key/value cache per position of context, all layers (F16).</summary>
    public long CacheBytesPerPosition => 2L * 2 * Shape.KeyValueWidth * Shape.BlockCount;

    /// <summary>Opens and checks a model: container, shapes, types, and every weight's value (code 3, infinities and NaN).</summary>
    /// <param name="path">A GGUF file.</param>
    /// <param name="text">Begin the tokenizer at once, beside the weights: it needs the metadata only, and is mostly one thread's work.</param>
    /// <exception cref="GgufException">The file cannot be used; the message says what, where and what was expected.</exception>
    public static ModelWeights Open(string path, bool text = false)
    {
        GgufFile file = GgufFile.Open(path);
        ModelWeights? weights = null;
        try
        {
            weights = new(file, ModelShape.Read(file));
            if (text) _ = weights._tokenizer.Value;
            WeightCheck.Run(file);
            return weights;
        }
        catch
        {
            if (weights is null) file.Dispose();
            else weights.Dispose();
            throw;
        }
    }

    /// <summary>The linear layers in a format; made in parallel when first asked for, then kept.</summary>
    /// <exception cref="OutOfMemoryException">There is no room for the copy.</exception>
    public PackedLayers In(TernaryFormat format)
    {
        lock (_packing)
        {
            if (_packed.Find(packed => packed.Format == format) is { } existing) return existing;
            PackedLayers made = new(Layers, format);
            _packed.Add(made);
            return made;
        }
    }

    /// <summary>The head in a lossy format; made in parallel when first asked for, then kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The embedding's length is no multiple of the format's block.</exception>
    public LossyRows HeadIn(LossyHeadFormat format)
    {
        lock (_packing)
        {
            if (_lossy.Find(rows => rows.Format == format) is { } existing) return existing;
            LossyRows made = new(format, Embedding, Shape.VocabularySize, Shape.EmbeddingLength);
            _lossy.Add(made);
            return made;
        }
    }

    /// <summary>Memory of all copies that have been made, beside the mapped file.</summary>
    public long CopiedBytes
    {
        get
        {
            lock (_packing) return _packed.Sum(packed => packed.Bytes) + _lossy.Sum(rows => rows.Bytes) + (_screening.IsValueCreated ? Screening.ExtraBytes : 0);
        }
    }

    public void Dispose()
    {
        // It reads the mapped file; what it may have failed at is its reader's matter.
        if (_tokenizer.IsValueCreated) Task.WaitAny(_tokenizer.Value);
        foreach (PackedLayers packed in _packed) packed.Dispose();
        foreach (LossyRows rows in _lossy) rows.Dispose();
        if (_screening.IsValueCreated) Screening.Dispose();
        File.Dispose();
    }
}

/// <summary>The tensors of one transformer layer, in the order they are used (spec 1.5 and 4.1).</summary>
public sealed class LayerWeights
{
    internal LayerWeights(TensorLookup lookup, ModelShape shape, int layer)
    {
        string Name(string part) => $"blk.{layer}.{part}.weight";
        AttentionNorm = lookup.Vector(Name("attn_norm"), shape.EmbeddingLength);
        Query = lookup.Ternary(Name("attn_q"), shape.EmbeddingLength, shape.QueryWidth);
        Key = lookup.Ternary(Name("attn_k"), shape.EmbeddingLength, shape.KeyValueWidth);
        Value = lookup.Ternary(Name("attn_v"), shape.EmbeddingLength, shape.KeyValueWidth);
        AttentionSubNorm = lookup.Vector(Name("attn_sub_norm"), shape.QueryWidth);
        AttentionOutput = lookup.Ternary(Name("attn_output"), shape.QueryWidth, shape.EmbeddingLength);
        FeedForwardNorm = lookup.Vector(Name("ffn_norm"), shape.EmbeddingLength);
        Gate = lookup.Ternary(Name("ffn_gate"), shape.EmbeddingLength, shape.FeedForwardLength);
        Up = lookup.Ternary(Name("ffn_up"), shape.EmbeddingLength, shape.FeedForwardLength);
        FeedForwardSubNorm = lookup.Vector(Name("ffn_sub_norm"), shape.FeedForwardLength);
        Down = lookup.Ternary(Name("ffn_down"), shape.FeedForwardLength, shape.EmbeddingLength);
    }

    private LayerWeights(LayerWeights other, Func<TernaryMatrix, TernaryMatrix> pack)
    {
        (AttentionNorm, AttentionSubNorm, FeedForwardNorm, FeedForwardSubNorm) = (other.AttentionNorm, other.AttentionSubNorm, other.FeedForwardNorm, other.FeedForwardSubNorm);
        (Query, Key, Value, AttentionOutput) = (pack(other.Query), pack(other.Key), pack(other.Value), pack(other.AttentionOutput));
        (Gate, Up, Down) = (pack(other.Gate), pack(other.Up), pack(other.Down));
    }

    /// <summary>The same layer with other matrices, asked for in the order of <see cref="Matrices"/>.</summary>
    internal LayerWeights With(Func<TernaryMatrix, TernaryMatrix> pack) => new(this, pack);

    public float[] AttentionNorm { get; }
    public TernaryMatrix Query { get; }
    public TernaryMatrix Key { get; }
    public TernaryMatrix Value { get; }
    public float[] AttentionSubNorm { get; }
    public TernaryMatrix AttentionOutput { get; }
    public float[] FeedForwardNorm { get; }
    public TernaryMatrix Gate { get; }
    public TernaryMatrix Up { get; }
    public float[] FeedForwardSubNorm { get; }
    public TernaryMatrix Down { get; }

    public IReadOnlyList<TernaryMatrix> Matrices => [Query, Key, Value, AttentionOutput, Gate, Up, Down];

    public long PackedBytes => Matrices.Sum(matrix => matrix.PackedBytes);
}
