using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>Definitions of the kernel workloads of a model's dimensions.</summary>
public static class KernelDefinitions
{
    /// <summary>Tokens multiplied at once in the batched product; the engine's prompt batch.</summary>
    public const int Batch = 128;

    /// <summary>Contexts of the attention workloads.</summary>
    public static IReadOnlyList<int> Contexts { get; } = [128, 2048];

    /// <summary>Rows × columns of the model's linear layers, each once: query and output, key and value, gate and up, down.</summary>
    public static IReadOnlyList<(int Rows, int Columns)> MatrixShapes(ModelShape shape) =>
    [
        .. new[]
        {
            (shape.QueryWidth, shape.EmbeddingLength), (shape.KeyValueWidth, shape.EmbeddingLength),
            (shape.FeedForwardLength, shape.EmbeddingLength), (shape.EmbeddingLength, shape.FeedForwardLength),
        }.Distinct(),
    ];

    /// <summary>One token's product with one matrix.</summary>
    public static IEnumerable<WorkloadDefinition> Gemv(ModelShape shape, TernaryKernel kernel, bool cold, int threads) =>
        MatrixShapes(shape).Select(m => Product("gemv", kernel, m, 1, cold, threads));

    /// <summary>A batch of tokens; the weights stay in the caches while they are used for all of them.</summary>
    public static IEnumerable<WorkloadDefinition> Gemm(ModelShape shape, TernaryKernel kernel, int threads) =>
        MatrixShapes(shape).Select(m => Product("gemm", kernel, m, Batch, cold: false, threads));

    /// <summary>Products with the widest matrix, gate and up: what a comparison of formats looks at.</summary>
    public static IEnumerable<WorkloadDefinition> GateAndUp(ModelShape shape, TernaryKernel kernel, int threads)
    {
        var matrix = (shape.FeedForwardLength, shape.EmbeddingLength);
        return
        [
            Product("gemv", kernel, matrix, 1, cold: true, threads), Product("gemv", kernel, matrix, 1, cold: false, threads),
            Product("gemm", kernel, matrix, Batch, cold: false, threads),
        ];
    }

    public static WorkloadDefinition Head(ModelShape shape, int threads) => Define(
        $"kernel/head/{HeadFormat.Half}/{Level}/{shape.VocabularySize}x{shape.EmbeddingLength}/b1/cold/t{threads}", "head/1",
        WorkArithmetic.Head(shape), copyBytes: WorkArithmetic.HeadBytes(shape));

    /// <summary>The best logit by screening.</summary>
    public static WorkloadDefinition ScreenedHead(ModelShape shape, int threads) => Define(
        $"kernel/head/{HeadFormat.Screened}/{Level}/{shape.VocabularySize}x{shape.EmbeddingLength}/b1/cold/t{threads}", "screened-head/1",
        WorkArithmetic.ScreenedHead(shape), copyBytes: WorkArithmetic.ScreenedHeadBytes(shape));

    /// <summary>All logits from each lossy head.</summary>
    public static IEnumerable<WorkloadDefinition> LossyHeads(ModelShape shape, int threads) => HeadFormat.LossyFor(shape)
        .Select(format => Define(
            $"kernel/head/{format}/{Level}/{shape.VocabularySize}x{shape.EmbeddingLength}/b1/cold/t{threads}", "lossy-head/1",
            WorkArithmetic.LossyHead(shape, format), copyBytes: WorkArithmetic.LossyHeadBytes(shape, format)));

    /// <summary>Attention of one token in one layer over a full context.</summary>
    public static IEnumerable<WorkloadDefinition> Attention(ModelShape shape, int threads) => Contexts
        .Where(context => context <= shape.ContextLength)
        .Select(context => Define(
            $"kernel/attention/f16/{Level}/ctx{context}/b1/cold/t{threads}", "attention/1",
            WorkArithmetic.Attention(shape, context), copyBytes: WorkArithmetic.CacheBytesPerLayer(shape) * context));

    public static WorkloadDefinition Norm(ModelShape shape) =>
        Define($"kernel/norm/f32/{Level}/{shape.EmbeddingLength}/b1/hot/t1", "norm/2", new WorkPerOperation());

    public static WorkloadDefinition Quantize(ModelShape shape) =>
        Define($"kernel/quantize/int8/{Level}/{shape.EmbeddingLength}/b1/hot/t1", "quantize/2", new WorkPerOperation());

    public static WorkloadDefinition Rope(ModelShape shape) =>
        Define($"kernel/rope/f32/{Level}/{shape.HeadCount}x{shape.HeadSize}/b1/hot/t1", "rope/1", new WorkPerOperation());

    public static WorkloadDefinition Sampler(ModelShape shape) =>
        Define($"kernel/sampler/f32/{Level}/{shape.VocabularySize}/b1/hot/t1", "sampler/1", new WorkPerOperation { Tokens = 1 });

    /// <summary>Operations without a choice of kernel are named by the best level the runtime offers them, used or not.</summary>
    private static string Level => InstructionSets.Level;

    private static WorkloadDefinition Product(string operation, TernaryKernel kernel, (int Rows, int Columns) m, int batch, bool cold, int threads) => Define(
        $"kernel/{operation}/{kernel.Format}/{kernel.Isa}/{m.Rows}x{m.Columns}/b{batch}/{(cold ? "cold" : "hot")}/t{threads}", $"{operation}/1",
        WorkArithmetic.Product(kernel.Format, m.Rows, m.Columns, batch), kernel.Name, kernel.Format.Bytes(m.Rows, m.Columns));

    private static WorkloadDefinition Define(string id, string definition, WorkPerOperation work, string? kernel = null, long copyBytes = 0) => new()
    {
        Id = WorkloadId.Parse(id),
        Definition = definition,
        Unit = Unit.Nanoseconds,
        Strategy = TimingStrategy.Throughput,
        Work = work,
        Kernel = kernel,
        CopyBytes = copyBytes,
    };
}
