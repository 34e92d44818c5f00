using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

internal static class InterleavingBreakages
{
    private const string OfInterleaving = "interleaving";

    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("its own partner", OfInterleaving, "$.interleaving.partner", r => With(r, i => i with { Partner = r.Run })),
        new("a partner that is no run", OfInterleaving, "$.interleaving.partner", r => With(r, i => i with { Partner = "monday" })),
        new("a block without an order", OfInterleaving, "$.interleaving.baseFirst", r => With(r, i => i with { BaseFirst = [true] })),
        new("no look", OfInterleaving, "$.interleaving.looks", r => With(r, i => i with { Looks = [] })),
        new("the same look twice", OfInterleaving, "$.interleaving.looks", r => With(r, i => i with { Looks = [new(3, 0.5), new(3, 0.5)] })),
        new("more launches than the last look", OfInterleaving, "$.interleaving.looks", r => With(r, i => i with { Looks = [new(2, 1)] })),
        new("shares that are more than all of an error rate", OfInterleaving, "$.interleaving.looks", r => With(r, i => i with { Looks = [new(3, 1.1)] })),
        new("measured although only this side has it", OfInterleaving, "$.interleaving.only", r => With(r, i => i with { Only = [r.Workloads[0].Id] })),
        new("a family of none", OfInterleaving, "$.interleaving.familySize", r => With(r, i => i with { FamilySize = 0 })),
        new("an error rate of one", OfInterleaving, "$.interleaving.familyErrorRate", r => With(r, i => i with { FamilyErrorRate = 1 })),
    ];

    /// <summary>As every launch of the receipt being one block of the only look.</summary>
    public static Interleaving Sound(Receipt receipt) => new()
    {
        Side = InterleavedSide.Head,
        Partner = "20260131T081000Z-00000001",
        BaseFirst = [.. receipt.Launches.Select(launch => launch.Index % 2 == 0)],
        Looks = [new DeclaredLook(receipt.Launches.Count, 1)],
        Only = ["kernel/norm/f32/avx512/640/b1/hot/t1"],
        FamilySize = 3,
        FamilyErrorRate = 0.01,
    };

    private static Receipt With(Receipt receipt, Func<Interleaving, Interleaving> change) => receipt with { Interleaving = change(Sound(receipt)) };
}
