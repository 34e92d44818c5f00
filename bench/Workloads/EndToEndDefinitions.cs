using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>Definitions of the workloads that run the whole model.</summary>
public static class EndToEndDefinitions
{
    /// <summary>Generates <paramref name="tokens"/> tokens greedily after <paramref name="context"/> others; null where the model's context is too short.</summary>
    public static WorkloadDefinition? Decode(
        ModelShape shape, TernaryKernel kernel, int tokens, int context, int threads, string head) =>
        context + tokens > shape.ContextLength
            ? null
            : Define($"e2e/decode/{kernel.Format}+{head}/tg{tokens}@ctx{context}/t{threads}", "decode/1", Unit.TokensPerSecond, WorkArithmetic.Decode(shape, kernel.Format, tokens, context, head), kernel);

    /// <summary>Evaluates a prompt up to the last token's best logit, by the screened head as in generation.</summary>
    public static WorkloadDefinition? Prefill(ModelShape shape, TernaryKernel kernel, int tokens, int threads) =>
        tokens > shape.ContextLength
            ? null
            : Define($"e2e/prefill/{kernel.Format}/pp{tokens}/t{threads}", "prefill/2", Unit.TokensPerSecond, WorkArithmetic.Prefill(shape, kernel.Format, tokens, HeadFormat.Screened), kernel);

    /// <summary>Time from a prompt to its first token, chosen greedily as generation does: by the screened head.</summary>
    public static WorkloadDefinition? TimeToFirstToken(ModelShape shape, TernaryKernel kernel, int tokens, int threads) =>
        tokens > shape.ContextLength
            ? null
            : Define($"e2e/ttft/{kernel.Format}/p{tokens}/t{threads}", "ttft/2", Unit.Nanoseconds, WorkArithmetic.Prefill(shape, kernel.Format, tokens, HeadFormat.Screened), kernel);

    /// <summary>Time from before a fresh process starts to its first token after a prompt. It has no bytes and products: most of a start is neither.</summary>
    public static WorkloadDefinition? Start(ModelShape shape, TernaryKernel kernel, int tokens, int threads) =>
        tokens > shape.ContextLength
            ? null
            : Define($"e2e/start/{kernel.Format}+{HeadFormat.Screened}/p{tokens}/t{threads}", "start/1", Unit.Nanoseconds, new WorkPerOperation { Tokens = tokens }, kernel);

    private static WorkloadDefinition Define(string id, string definition, Unit unit, WorkPerOperation work, TernaryKernel kernel) => new()
    {
        Id = WorkloadId.Parse(id),
        Definition = definition,
        Unit = unit,
        Strategy = TimingStrategy.Monitoring,
        Work = work,
        Kernel = kernel.Name,
    };
}
