using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>A folder of baselines of the synthetic receipt's host, published one after the other.</summary>
internal sealed class BaselineChains : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    public string Folder { get; } = Directory.CreateTempSubdirectory("chains-").FullName;

    public BaselineStore Store => new(Folder);

    public string Head => Store.PathOf(SyntheticReceipt.Create().HostKey, "quick");

    public BaselineHistory History => new(Head);

    public static Baseline Draft(int day, string? reason = null, double slowdown = 1) => BaselinePublication.Create(
        [("r.json", ReceiptDigest.Seal(SyntheticReceipt.Create(run: $"20260131T081500Z-{day:00000000}", slowdown: slowdown)))],
        new PublicationTerms(reason ?? $"day {day}", Start.AddDays(day)));

    /// <summary>One on each of the days, the first on day 1.</summary>
    public Baseline Publish(int days)
    {
        Baseline? last = null;
        for (int day = 1; day <= days; day++)
            last = Store.Publish(Draft(day), last).Baseline;
        return last!;
    }

    public string[] Codes() => [.. BaselineChain.Read(Head).Verify().Select(finding => finding.Code)];

    /// <summary>What git leaves of two texts that differ throughout.</summary>
    public static string Conflict(string ours, string theirs, string? common = null) =>
        $"<<<<<<< HEAD\n{ours}{(common is null ? "" : $"||||||| 1a2b3c4\n{common}")}=======\n{theirs}>>>>>>> topic\n";

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
