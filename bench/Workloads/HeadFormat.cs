using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>How the logits are had: the names of heads in workload ids.</summary>
public static class HeadFormat
{
    /// <summary>Every logit from the F16 table.</summary>
    public const string Half = "f16";

    /// <summary>The best logits, exactly those of the F16 table, by screening an int8 copy.</summary>
    public const string Screened = "screened8";

    /// <summary>Heads whose logits are not exactly the F16 table's.</summary>
    public static IReadOnlyList<LossyHeadFormat> Lossy { get; } = [Q8HeadFormat.Instance, Q6HeadFormat.Instance];

    /// <summary>The lossy heads that are measured: with a vector form on this processor, and whose blocks the model's rows fill.</summary>
    public static IEnumerable<LossyHeadFormat> LossyFor(ModelShape shape) =>
        Lossy.Where(format => LossyHeadFormat.HasVectorForm && format.Fits(shape.EmbeddingLength));

    /// <summary>The lossy head of a workload; null where its head is exact or it has none.</summary>
    public static LossyHeadFormat? LossyOf(WorkloadId id) => LossyNamed(id.Format?.Split('+')[^1]);

    /// <summary>The lossy head of that name; null where the head is exact or there is no name.</summary>
    public static LossyHeadFormat? LossyNamed(string? head) => Lossy.FirstOrDefault(format => format.Name == head);

    /// <summary>Whether an end-to-end workload's head is the screened one.</summary>
    public static bool IsScreened(WorkloadId id) => id.Format?.EndsWith("+" + Screened, StringComparison.Ordinal) == true;
}
