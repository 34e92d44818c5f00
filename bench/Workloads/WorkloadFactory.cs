using System.Globalization;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.EndToEnd;
using BitNet.Perf.Bench.Workloads.Kernels;
using BitNet.Perf.Bench.Workloads.Probes;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>Makes a workload of this process from its definition.</summary>
public static class WorkloadFactory
{
    /// <summary>A start takes a second; from a slow disk, a minute.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    public static Workload Create(WorkloadDefinition definition, WorkerResources resources) => definition.Id.Family switch
    {
        WorkloadFamily.Kernel => Kernel(definition, resources),
        WorkloadFamily.EndToEnd => EndToEnd(definition, resources),
        _ => Probe(definition, resources),
    };

    private static Workload Kernel(WorkloadDefinition definition, WorkerResources resources)
    {
        var id = definition.Id;
        var cold = id.Cold == true;
        return id.Operation switch
        {
            "gemv" or "gemm" => Product(definition, resources),
            "head" when id.Format == HeadFormat.Screened =>
                new ScreenedHeadWorkload(id, resources.Weights, resources.Pool(id.Threads), cold ? resources.ColdBytes : 1),
            "head" when HeadFormat.LossyOf(id) is { } lossy =>
                new LossyHeadWorkload(id, resources.Weights, lossy, resources.Pool(id.Threads), cold ? resources.ColdBytes : 1),
            "head" => new HeadWorkload(id, resources.Weights, resources.Pool(id.Threads), cold ? resources.ColdBytes : 1),
            "attention" => new AttentionWorkload(id, resources.Shape, resources.Pool(id.Threads), Number(id.Shape!, "ctx"), cold ? resources.ColdBytes : 1),
            "norm" => new NormWorkload(id, Number(id.Shape!, "")),
            "quantize" => new QuantizeWorkload(id, Number(id.Shape!, "")),
            "rope" => new RopeWorkload(id, resources.Shape),
            "sampler" => new SamplerWorkload(id, Number(id.Shape!, "")),
            _ => throw Unknown(id),
        };
    }

    private static unsafe ProductWorkload Product(WorkloadDefinition definition, WorkerResources resources)
    {
        var id = definition.Id;
        var sides = id.Shape!.Split('x');
        int rows = Number(sides[0], ""), columns = Number(sides[1], "");
        var kernel = KernelCatalog.Choose(definition.Kernel);
        var stride = WorkerResources.CopyStride(definition.CopyBytes);
        var copies = id.Cold == true ? (int)((resources.ColdBytes + stride - 1) / stride) : 1;
        var packed = resources.Packed(kernel.Format, rows, columns, copies, stride);
        return new ProductWorkload(id, kernel, resources.Pool(id.Threads), resources.Ternary.Pointer, packed, copies, stride, rows, columns, id.Batch!.Value);
    }

    private static Workload EndToEnd(WorkloadDefinition definition, WorkerResources resources)
    {
        var id = definition.Id;
        var kernel = KernelCatalog.Choose(definition.Kernel);
        if (id.Operation == "start")
            return Start(id, kernel, resources);
        var transformer = TransformerOf(id, kernel, resources);
        if (id.Operation == "decode")
        {
            var parts = id.Setting!.Split('@');
            int tokens = Number(parts[0], "tg"), context = Number(parts[1], "ctx");
            return new DecodeWorkload(
                transformer, resources.Context(context, tokens, kernel), context, tokens, HeadFormat.IsScreened(id), resources.Check);
        }
        var sample = id.Operation == "ttft";
        var length = Number(id.Setting!, sample ? "p" : "pp");
        return id.Operation is "prefill" or "ttft"
            ? new PromptWorkload(transformer, resources.Context(0, length, kernel), length, sample, resources.Check)
            : throw Unknown(id);
    }

    /// <summary>With the head that an end-to-end workload's id names. The caller's to dispose.</summary>
    public static Transformer TransformerOf(WorkloadId id, TernaryKernel kernel, WorkerResources resources) => HeadFormat.LossyOf(id) is { } lossy
        ? Transformer.WithLossyHead(resources.Weights, kernel, resources.Pool(id.Threads), lossy)
        : new Transformer(resources.Weights, kernel, resources.Pool(id.Threads));

    private static StartWorkload Start(WorkloadId id, TernaryKernel kernel, WorkerResources resources)
    {
        var tokens = Number(id.Setting!, "p");
        // The model is opened here for the check only, which the process that is timed does not have.
        return new StartWorkload(
            FirstTokenProcess.Arguments(resources.ModelPath, kernel.Name, id.Threads, tokens), StartLimit,
            () => new Transformer(resources.Weights, kernel, resources.Pool(id.Threads)),
            transformer => FirstToken.Prompt(transformer.Weights.Shape, tokens),
            () => resources.Check);
    }

    private static Workload Probe(WorkloadDefinition definition, WorkerResources resources) => definition.Id.Operation switch
    {
        "read" => Read(definition, resources),
        "mac" => new MultiplyAddProbe(resources.Pool(definition.Id.Threads), KernelCatalog.Choose(definition.Kernel).Isa),
        "control" => new ControlKernel(),
        _ => throw Unknown(definition.Id),
    };

    private static unsafe ReadProbe Read(WorkloadDefinition definition, WorkerResources resources)
    {
        var pool = resources.Pool(definition.Id.Threads);
        var memory = resources.Ternary.Pointer;
        return new ReadProbe(pool, memory, resources.ColdBytes, ReadProbe.Fastest(pool, memory, resources.ColdBytes));
    }

    private static int Number(string text, string prefix) => int.Parse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static ArgumentException Unknown(WorkloadId id) => new($"{id}: this build has no workload of that kind");
}
