using System.Diagnostics;
using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Engine.Tokens;

namespace BitNet.Perf.Cli.Models;

/// <summary>A model opened for evaluation: weights, kernel, worker threads.</summary>
public sealed class LoadedModel : IDisposable
{
    private readonly WorkerPool _pool;

    private Transformer? _exact;

    private LoadedModel(ModelWeights weights, TernaryKernel kernel, WorkerPool pool, LossyHeadFormat? head)
    {
        Weights = weights;
        _pool = pool;
        Transformer = head is null ? new Transformer(weights, kernel, pool) : Transformer.WithLossyHead(weights, kernel, pool, head);
    }

    public ModelWeights Weights { get; }

    public Transformer Transformer { get; }

    /// <summary>The same with the F16 head: <see cref="Transformer"/> itself where that one's is exact.</summary>
    public Transformer Exact => Transformer.LossyHead is null ? Transformer : _exact ??= new Transformer(Weights, Transformer.Kernel, _pool);

    public ModelShape Shape => Weights.Shape;

    /// <summary>Opening the file, checking every weight and packing the copies that evaluation needs.</summary>
    public TimeSpan LoadTime { get; private init; }

    /// <param name="path">A GGUF file.</param>
    /// <param name="threads">Worker threads; null for one per processor.</param>
    /// <param name="kernel">Name of a kernel to force; null for the environment's or the best.</param>
    /// <param name="text">Whether <see cref="OpenTokenizer"/> will be called: it is then made meanwhile.</param>
    /// <param name="head">Where not null, logits come from the head in this lossy format.</param>
    /// <exception cref="GgufException">The file cannot be used.</exception>
    /// <exception cref="KernelNotAvailableException">The kernel cannot be used here.</exception>
    /// <exception cref="CommandFailure">The model's dimensions do not fit the head's format (64).</exception>
    public static LoadedModel Open(string path, int? threads = null, string? kernel = null, bool text = false, LossyHeadFormat? head = null)
    {
        TernaryKernel chosen = KernelCatalog.Choose(kernel);
        var watch = Stopwatch.StartNew();
        ModelWeights weights = ModelWeights.Open(path, text);
        try
        {
            if (head is not null) HeadNames.Check(head, weights.Shape);
            return new LoadedModel(weights, chosen, new WorkerPool(threads ?? Environment.ProcessorCount), head) { LoadTime = watch.Elapsed };
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The file's tokenizer, which must have a token for every row of the embedding.</summary>
    /// <exception cref="CommandFailure">The vocabulary cannot be used (65).</exception>
    public Tokenizer OpenTokenizer()
    {
        Tokenizer tokenizer;
        try
        {
            tokenizer = Weights.Tokenizer;
        }
        catch (TokenException e)
        {
            throw CommandFailure.BadInput($"{Weights.File.Path}: {e.Message}", e);
        }
        return tokenizer.Vocabulary.Tokens.Count == Shape.VocabularySize
            ? tokenizer
            : throw CommandFailure.BadInput(
                $"{Weights.File.Path}: the vocabulary has {tokenizer.Vocabulary.Tokens.Count} tokens; expected {Shape.VocabularySize}, as many as the embedding has rows");
    }

    public void Dispose()
    {
        Transformer.Dispose();
        _exact?.Dispose();
        _pool.Dispose();
        Weights.Dispose();
    }
}
