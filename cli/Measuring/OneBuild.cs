using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>What tells the builds of a calibration's receipts apart.</summary>
/// <param name="Id">Of the modules that measured; null where a clean commit says it already.</param>
internal sealed record OneBuild(string? Commit, bool? Dirty, int? ExtraKernelWork, string? Id)
{
    /// <param name="description">Of this very program.</param>
    public static OneBuild Here(BuildDescription description) => Of(description, () => BuildProbe.BuildId);

    /// <param name="folder">The receipt's.</param>
    /// <exception cref="CommandFailure">Commit and state do not say which build it was, and no plan of the run lies there.</exception>
    public static OneBuild Of(ReceiptSource source, string folder) => Of(source.Receipt.Build, () => Planned(source.Receipt.Run, folder)
        ?? throw CommandFailure.BadInput($"{source.Path}: not of a clean commit, and no plan of its run that names the build lies beside it; a calibration compares one build with itself"));

    public override string ToString() => $"{Commit ?? "unknown"}{(Dirty == true ? " with changes" : "")}{(ExtraKernelWork is { } percent ? $" with ExtraKernelWork={percent}" : "")}";

    private static OneBuild Of(BuildDescription build, Func<string> id) =>
        new(build.Commit, build.Dirty, build.ExtraKernelWork, build is { Commit: not null, Dirty: false } ? null : id());

    private static string? Planned(string run, string folder)
    {
        var own = new RunJournal(folder);
        if (File.Exists(own.PlanPath))
            return own.ReadPlan() is { } plan && plan.Run == run ? plan.BuildId : null;
        var both = new InterleavedJournal(Path.Combine(folder, ".."));
        return File.Exists(both.PlanPath) && both.ReadPlan().Builds is { } builds
            ? builds.Named.Select(side => side.Value.Plan).FirstOrDefault(plan => plan.Run == run)?.BuildId
            : null;
    }
}
