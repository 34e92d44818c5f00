using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>What a run that measures on cannot have done.</summary>
internal static class LookBreakages
{
    private static readonly DeclaredLook[] Sound = [new(1, 0.8), new(2, 0.1), new(3, 0.1)];

    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("no looks", "looks", "$.settings.looks", r => WithLooks(r, 1)),
        new("first look not after the planned launches", "looks", "$.settings.looks", r => WithLooks(r, 1, new(2, 0.5), new(3, 0.5))),
        new("looks that do not ascend", "looks", "$.settings.looks[2].launches", r => WithLooks(r, 1, new(1, 0.5), new(3, 0.25), new(3, 0.25))),
        new("looks that share out more than there is", "looks", "$.settings.looks", r => WithLooks(r, 1, new(1, 0.9), new(3, 0.9))),
        new("look without a share", "looks", "$.settings.looks", r => WithLooks(r, 1, new(1, 1), new(3, 0))),
        new("launches beyond the last look", "looks", "$.settings.looks", r => WithLooks(r, 1, new(1, 0.5), new(2, 0.5))),
        new("measured on without a probe", "looks", "$.launches[2].order", r => Without(MeasuredOn(r), SyntheticReceipt.Control, 3)),
        new("measured on again after a look without", "looks", "$.launches[2].order", r => Without(WithLooks(r, 1, Sound), SyntheticReceipt.Hot, 2)),
        new("two sets within a look", "looks", "$.launches[2].order", r => Without(WithLooks(r, 1, new(1, 0.5), new(3, 0.5)), SyntheticReceipt.Hot, 3)),
        new("a workload left out before the first look", "order", "$.launches[1].order", r => Without(WithLooks(r, 2, new(2, 0.5), new(3, 0.5)), SyntheticReceipt.Hot, 2, 3)),
    ];

    /// <summary>Looks after each of three launches: the hot kernel measured in two, the cold one in the first only.</summary>
    public static Receipt MeasuredOn(Receipt receipt) =>
        Without(Without(WithLooks(receipt, 1, Sound), SyntheticReceipt.Gemv, 2, 3), SyntheticReceipt.Hot, 3);

    private static Receipt WithLooks(Receipt receipt, int planned, params DeclaredLook[] looks) =>
        receipt with { Settings = receipt.Settings with { LaunchesPlanned = planned, Looks = looks } };

    private static Receipt Without(Receipt receipt, string id, params int[] launches)
    {
        receipt = receipt.With(id, w => (w with { Launches = [.. w.Launches.Where(l => !launches.Contains(l.Launch))] }).Summarized());
        return launches.Aggregate(receipt, (r, launch) => r.WithLaunch(launch, l => l with { Order = [.. l.Order.Where(x => x != id)] }));
    }
}
