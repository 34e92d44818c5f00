using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Cli.Models;

/// <summary>The heads that <c>--head</c> takes, by the names they have in workload ids.</summary>
public static class HeadNames
{
    public static IReadOnlyList<string> All { get; } = [HeadFormat.Half, HeadFormat.Screened, .. HeadFormat.Lossy.Select(format => format.Name)];

    /// <exception cref="CommandFailure">The model's rows are no whole blocks of the format.</exception>
    public static void Check(LossyHeadFormat format, ModelShape shape)
    {
        if (!format.Fits(shape.EmbeddingLength))
            throw CommandFailure.Usage($"--head {format} has blocks of {format.BlockColumns} weights; the model's embedding length {shape.EmbeddingLength} is no multiple of it");
    }
}
