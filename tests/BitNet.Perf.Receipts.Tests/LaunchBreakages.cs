using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

internal static class LaunchBreakages
{
    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("launches begin at 2", "launch-index", "$.launches[0].index", r => Renumber(r)),
        new("complete with a failure", "launch-outcome", "$.launches[0].failure", r => r.WithLaunch(1, l => l with { Failure = "hm" })),
        new("crashed without a failure", "launch-outcome", "$.launches[2].failure", r => Accounted(Breakages.LoseLaunch(r, 3).WithLaunch(3, l => l with { Failure = null }))),
        new("steal above 1", "steal", "$.launches[1].stealShare", r => r.WithLaunch(2, l => l with { StealShare = 1.5 })),
        new("bound to no processor", "affinity", "$.launches[1].affinity", r => r.WithLaunch(2, l => l with { Affinity = [] })),
        new("bound to a processor twice", "affinity", "$.launches[1].affinity", r => r.WithLaunch(2, l => l with { Affinity = [1, 1] })),
        new("order names a workload twice", "order", "$.launches[0].order", r => r.WithLaunch(1, l => l with { Order = [.. l.Order, l.Order[0]] })),
        new("order leaves one out", "order", "$.launches[0].order", r => r.WithLaunch(1, l => l with { Order = [.. l.Order.Skip(1)] })),
        new("order names what was not measured", "order", "$.launches[0].order", r => r.WithLaunch(1, l => l with { Order = [.. l.Order, "probe/read/t1"] })),
        new("complete launch lacks a workload", "order", "$.launches[2].order", r => r
            .With(SyntheticReceipt.Control, w => (w with { Launches = [.. w.Launches.Take(2)] }).Summarized())
            .WithLaunch(3, l => l with { Order = [.. l.Order.Where(id => id != SyntheticReceipt.Control)] })),
        new("an order of one's own choosing", "order-seed", "$.launches[0].order", r => r with { Generator = r.Generator with { Protocol = 2 } }),
        new("wall time shorter than the samples", "wall-time", "$.launches[0].wallSeconds", r => r.WithLaunch(1, l => l with { WallSeconds = 3 })),
        new("planned launch silently absent", "launches", "$.launches", r => r with { Settings = r.Settings with { LaunchesPlanned = 4 } }),
        new("lost launch without warning", "launches", "$.warnings", r => Breakages.LoseLaunch(r, 3)),
        new("warning about another launch", "launches", "$.warnings", r => Accounted(Breakages.LoseLaunch(r, 2))),
    ];

    private static Receipt Accounted(Receipt receipt) => receipt with
    {
        Warnings = [new(WarningCodes.LaunchLost, WarningCodes.LaunchSubject(3), "lost")],
    };

    private static Receipt Renumber(Receipt receipt) => receipt with
    {
        Launches = [.. receipt.Launches.Select(launch => launch with { Index = launch.Index + 1 })],
        Workloads = [.. receipt.Workloads.Select(workload => workload with
        {
            Launches = [.. workload.Launches.Select(samples => samples with { Launch = samples.Launch + 1 })],
        })],
        Phases = receipt.Phases! with { Launch = 2 },
    };
}
