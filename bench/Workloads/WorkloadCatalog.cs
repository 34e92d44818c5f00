using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>What the catalog's definitions depend on.</summary>
/// <param name="Shape">Dimensions of the model.</param>
/// <param name="Kernel">The ternary kernel in use.</param>
/// <param name="Available">All kernels of this processor, best first.</param>
/// <param name="Threads">Thread counts asked for, ascending; the last one stands for "all".</param>
/// <param name="ReadBytes">Bytes that the read probe reads.</param>
public sealed record CatalogInput(ModelShape Shape, TernaryKernel Kernel, IReadOnlyList<TernaryKernel> Available, IReadOnlyList<int> Threads, long ReadBytes);

/// <summary>All workloads, and the choice of each suite.</summary>
public static class WorkloadCatalog
{
    /// <summary>Every definition of these inputs, each id once.</summary>
    public static IReadOnlyList<WorkloadDefinition> All(CatalogInput input)
    {
        var found = Suite.All.SelectMany(suite => Of(suite, input)).Concat(Read(input, input.Threads)).Append(ProbeDefinitions.Control).Concat(MultiplyAdd(input, input.Threads));
        return [.. found.DistinctBy(d => d.Id.Text)];
    }

    /// <summary>The suite's workloads that a filter covers, with the probes that stand beside them.</summary>
    /// <exception cref="NoWorkloadsException">Nothing is left.</exception>
    public static IReadOnlyList<WorkloadDefinition> Select(Suite suite, IReadOnlyList<string> filters, CatalogInput input)
    {
        var globs = filters.Select(f => new WorkloadGlob(f)).ToList();
        var chosen = Of(suite, input).Where(d => WorkloadGlob.MatchesAny(globs, d.Id.Text)).ToList();
        var probes = Probes(suite, input, chosen).ToList();
        if (chosen.Count == 0 && !probes.Any(p => WorkloadGlob.MatchesAny(globs, p.Id.Text)))
        {
            throw new NoWorkloadsException(
                $"no workload of suite {suite.Name} matches {string.Join(", ", filters.Select(f => $"'{f}'"))}; `bitnet-perf list --suite {suite.Name}` shows them");
        }
        return [.. chosen.Concat(probes).DistinctBy(d => d.Id.Text)];
    }

    /// <summary>Whatever comes from memory is held against the read probe of as many threads, whatever a ternary kernel multiplies against the
    /// multiply-add probe. A gate has the host's checks only: its launches are many.</summary>
    private static IEnumerable<WorkloadDefinition> Probes(Suite suite, CatalogInput input, IReadOnlyList<WorkloadDefinition> chosen)
    {
        var reading = Read(input, Counts(chosen.Where(FromMemory))).Append(ProbeDefinitions.Control);
        return suite == Suite.Gate ? reading : reading.Concat(MultiplyAdd(input, Counts(chosen.Where(d => d.Kernel is not null))));

        IEnumerable<int> Counts(IEnumerable<WorkloadDefinition> definitions) => definitions.Select(d => d.Id.Threads).Append(input.Threads[^1]).Distinct().Order();
    }

    private static bool FromMemory(WorkloadDefinition d) => d.Id.Cold == true || d.Id.Family == WorkloadFamily.EndToEnd;

    private static IEnumerable<WorkloadDefinition> Read(CatalogInput input, IEnumerable<int> threads) => threads.Select(t => ProbeDefinitions.Read(t, input.ReadBytes));

    private static IEnumerable<WorkloadDefinition> MultiplyAdd(CatalogInput input, IEnumerable<int> threads) => threads.Select(t => ProbeDefinitions.MultiplyAdd(input.Kernel, t));

    private static IEnumerable<WorkloadDefinition> Of(Suite suite, CatalogInput input)
    {
        var all = input.Threads[^1];
        return suite.Name switch
        {
            "quick" => Essential(input, all),
            "gate" => Essential(input, all)
                .Concat(KernelDefinitions.Gemm(input.Shape, input.Kernel, all))
                .Append(KernelDefinitions.Rope(input.Shape)),
            "kernels" => input.Threads.SelectMany(t => Kernels(input, input.Kernel, t).Concat(OtherFormats(input, t))).Concat(SingleThreaded(input)),
            "e2e" => input.Threads.SelectMany(t => EndToEnd(input, t)).Concat(DenserFormats(input)).Concat(Start(input)),
            "full" => input.Threads.SelectMany(t => input.Available.Where(k => Usable(k, input)).SelectMany(k => Kernels(input, k, t)).Concat(EndToEnd(input, t)))
                .Concat(DenserFormats(input)).Concat(Start(input)).Concat(SingleThreaded(input)).Concat(Of(Suite.Quick, input)),
            _ => throw new ArgumentException($"suite '{suite.Name}'", nameof(suite)),
        };
    }

    /// <summary>The scalar kernel is a reference, not a candidate, unless it was chosen.</summary>
    private static bool Usable(TernaryKernel kernel, CatalogInput input) => kernel.Isa != "scalar" || kernel == input.Kernel;

    private static IEnumerable<WorkloadDefinition> Essential(CatalogInput input, int threads) =>
    [
        .. KernelDefinitions.Gemv(input.Shape, input.Kernel, cold: true, threads),
        KernelDefinitions.Head(input.Shape, threads),
        KernelDefinitions.ScreenedHead(input.Shape, threads),
        KernelDefinitions.Norm(input.Shape),
        KernelDefinitions.Quantize(input.Shape),
        .. KernelDefinitions.Attention(input.Shape, threads),
        .. Existing(
            EndToEndDefinitions.Prefill(input.Shape, input.Kernel, 128, threads),
            EndToEndDefinitions.Decode(input.Shape, input.Kernel, 16, 0, threads, HeadFormat.Screened),
            EndToEndDefinitions.Decode(input.Shape, input.Kernel, 16, 0, threads, HeadFormat.Half)),
    ];

    private static IEnumerable<WorkloadDefinition> Kernels(CatalogInput input, TernaryKernel kernel, int threads) =>
    [
        .. KernelDefinitions.Gemv(input.Shape, kernel, cold: true, threads),
        .. KernelDefinitions.Gemv(input.Shape, kernel, cold: false, threads),
        .. KernelDefinitions.Gemm(input.Shape, kernel, threads),
        KernelDefinitions.Head(input.Shape, threads),
        KernelDefinitions.ScreenedHead(input.Shape, threads),
        .. KernelDefinitions.LossyHeads(input.Shape, threads),
        .. KernelDefinitions.Attention(input.Shape, threads),
    ];

    /// <summary>The best kernel of each other format, on one shape.</summary>
    private static IEnumerable<WorkloadDefinition> OtherFormats(CatalogInput input, int threads) => input.Available
        .Where(k => Usable(k, input) && k.Format != input.Kernel.Format)
        .DistinctBy(k => k.Format)
        .SelectMany(k => KernelDefinitions.GateAndUp(input.Shape, k, threads));

    private static IEnumerable<WorkloadDefinition> SingleThreaded(CatalogInput input) =>
    [
        KernelDefinitions.Norm(input.Shape), KernelDefinitions.Quantize(input.Shape),
        KernelDefinitions.Rope(input.Shape), KernelDefinitions.Sampler(input.Shape),
    ];

    private static IEnumerable<WorkloadDefinition> EndToEnd(CatalogInput input, int threads) => Existing(
    [
        EndToEndDefinitions.TimeToFirstToken(input.Shape, input.Kernel, 16, threads),
        EndToEndDefinitions.Prefill(input.Shape, input.Kernel, 128, threads),
        EndToEndDefinitions.Prefill(input.Shape, input.Kernel, 512, threads),
        EndToEndDefinitions.Decode(input.Shape, input.Kernel, 32, 0, threads, HeadFormat.Screened),
        EndToEndDefinitions.Decode(input.Shape, input.Kernel, 32, 512, threads, HeadFormat.Screened),
        EndToEndDefinitions.Decode(input.Shape, input.Kernel, 32, 2048, threads, HeadFormat.Screened),
        EndToEndDefinitions.Decode(input.Shape, input.Kernel, 32, 0, threads, HeadFormat.Half),
        EndToEndDefinitions.Decode(input.Shape, input.Kernel, 32, 512, threads, HeadFormat.Half),
        .. HeadFormat.LossyFor(input.Shape)
            .Select(head => EndToEndDefinitions.Decode(input.Shape, input.Kernel, 32, 0, threads, head.Name)),
    ]);

    /// <summary>Decoding with fewer bytes a weight than the file has, where a kernel for it runs here.</summary>
    private static IEnumerable<WorkloadDefinition> DenserFormats(CatalogInput input) => Existing(
        [.. input.Available.Where(k => k.Format == Base3Format.Instance && k.Isa != "scalar" && k != input.Kernel)
            .Select(k => EndToEndDefinitions.Decode(input.Shape, k, 32, 0, input.Threads[^1], HeadFormat.Screened))]);

    private static IEnumerable<WorkloadDefinition> Start(CatalogInput input) => Existing(EndToEndDefinitions.Start(input.Shape, input.Kernel, 16, input.Threads[^1]));

    private static IEnumerable<WorkloadDefinition> Existing(params WorkloadDefinition?[] definitions) => definitions.OfType<WorkloadDefinition>();
}

/// <summary>Suite and filters leave nothing to measure. One line.</summary>
public sealed class NoWorkloadsException(string message) : Exception(message);
