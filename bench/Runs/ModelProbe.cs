using BitNet.Engine.Gguf;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Describes a model file for the receipt.</summary>
public static class ModelProbe
{
    private const string Embedding = "token_embd.weight";

    /// <summary>Looks at every weight: a worker may never meet the bad one, or fail over it after minutes. That reads the file once, as the digest does.</summary>
    /// <exception cref="GgufException">It is not a model this program can run.</exception>
    public static (ModelDescription Description, ModelShape Shape) Describe(string path, string cache)
    {
        using var weights = ModelWeights.Open(path);
        var (file, shape) = (weights.File, weights.Shape);
        var linear = file.Tensor("blk.0.attn_q.weight").Type;
        return (new ModelDescription
        {
            File = Path.GetFileName(path),
            Bytes = file.Length,
            Sha256 = FileDigest.Sha256(path, cache),
            Architecture = shape.Architecture,
            Name = shape.Name,
            Format = linear.ToString(),
            HeadFormat = file.Tensor(Embedding).Type.ToString(),
            Parameters = file.Tensors.Sum(t => t.Elements),
            Shape = new ModelDimensions(
                shape.BlockCount, shape.EmbeddingLength, shape.FeedForwardLength, shape.HeadCount, shape.KeyValueHeadCount, shape.HeadSize,
                shape.VocabularySize, shape.ContextLength),
            Synthetic = SyntheticModel.IsSynthetic(file.Metadata),
            Path = ModelFacts.PathOf(Path.GetFullPath(path), cache, Environment.CurrentDirectory),
            Tokenizer = ModelFacts.Tokenizer(file.Metadata),
        }, shape);
    }
}
