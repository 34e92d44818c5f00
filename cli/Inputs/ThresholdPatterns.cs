using System.Text.RegularExpressions;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Inputs;

/// <summary>Finds thresholds whose pattern no workload can have: misspelt, they would silently leave the default in force. One configuration serves every
/// suite and host, so a pattern need not match anything of this very comparison.</summary>
internal static partial class ThresholdPatterns
{
    private static readonly string[] Levels = ["scalar", "vector128", "avx2", "avx512"];

    /// <param name="file">Its thresholds.</param>
    /// <param name="compared">Workloads of both sides: an imported receipt may have any names, a model any sizes.</param>
    /// <exception cref="CommandFailure">A pattern matches none of them, and none that this program measures with any kernel, thread count and published model size.</exception>
    public static void Require(ConfigurationFile file, IReadOnlyCollection<string> compared)
    {
        WorkloadGlob[] unmatched = [.. file.Thresholds.Select(rule => rule.Pattern).Where(pattern => !compared.Any(pattern.Matches))];
        if (unmatched.Length == 0)
            return;
        IReadOnlyCollection<string> known = Known();
        // Any workload may run with any number of threads; those known are listed with one.
        if (unmatched.FirstOrDefault(pattern => !known.Any(new WorkloadGlob(Threads().Replace(pattern.ToString(), "/t1")).Matches)) is { } wrong)
        {
            throw CommandFailure.BadInput(
                $"{file.Name}: \"thresholds\": \"{wrong}\" matches no workload compared here and none that this program has; expected a pattern of ids as `bitnet-perf list --suite full` shows them");
        }
    }

    /// <summary>Ids of every published size, kernel and instruction set, with one thread.</summary>
    private static HashSet<string> Known() =>
    [
        .. from shape in SyntheticShape.All
           let model = ModelSource.ShapeOf($"synthetic:{shape.Name}")
           from kernel in KernelCatalog.All
           from definition in WorkloadCatalog.All(new CatalogInput(model, kernel, KernelCatalog.All, [1], ReadBytes: 1 << 20))
           let id = definition.Id
           from level in id.Isa is null ? [""] : Levels
           select id.Isa is null ? id.Text : id.Text.Replace($"/{id.Isa}/", $"/{level}/", StringComparison.Ordinal),
    ];

    [GeneratedRegex(@"/t[1-9][0-9]{0,3}\z")]
    private static partial Regex Threads();
}
