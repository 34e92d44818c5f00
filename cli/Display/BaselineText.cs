using System.Globalization;
using BitNet.Perf.Cli.Baselines;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Display;

/// <summary>Stored baselines as a person reads them.</summary>
public static class BaselineText
{
    /// <summary>A row each; a stale one says so.</summary>
    internal static IEnumerable<string> List(IReadOnlyList<BaselineStanding> entries)
    {
        var table = new TextTable(
            new("host key"), new("suite"), new("runs", true), new("newest"), new("age", true), new("behind", true), new("MDE", true), new("commit"), new("reason"));
        foreach (BaselineStanding entry in entries)
        {
            table.Add(entry.HostKey, entry.Suite, Number(entry.Runs), entry.NewestUtc is { } newest ? Day(newest) : "?",
                entry.AgeDays is { } days ? $"{Number(days)} d" : "?", Number(entry.CommitsBehind), entry.Mde is { } mde ? Percent.Amount(mde) : "?", Short(entry.Commit),
                entry.Sound ? $"{(entry.Stale == true ? "STALE: " : "")}{entry.Reason}" : $"DAMAGED: {entry.Fault}");
        }
        return table.Lines();
    }

    /// <summary>Figures of other engines, apart: nothing is compared with them.</summary>
    public static IEnumerable<string> External(IReadOnlyList<ExternalEntry> entries)
    {
        yield return "Figures of other engines, published by others and not verified (context, never compared):";
        var table = new TextTable(new("  name"), new("engine"), new("processor"), new("workloads", true), new("doubts", true));
        foreach (ExternalEntry entry in entries)
        {
            table.Add("  " + entry.Name, entry.Sound ? entry.Engine ?? "" : $"DAMAGED: {entry.Fault}", entry.Host ?? "not told",
                entry.Workloads?.ToString(CultureInfo.InvariantCulture) ?? "?", entry.Findings?.ToString(CultureInfo.InvariantCulture) ?? "?");
        }
        foreach (string line in table.Lines())
            yield return line;
    }

    public static IEnumerable<string> Lines(string path, Baseline baseline)
    {
        yield return $"{path}  {baseline.Digest ?? "no digest"}";
        var facts = new TextTable(new TextColumn(""), new TextColumn(""));
        facts.Add("  host key", baseline.HostKey);
        facts.Add("  suite", baseline.Suite);
        facts.Add("  published", $"{Day(baseline.PublishedUtc)}: {baseline.Reason}");
        if (baseline.Supersedes is { } replaced)
            facts.Add("  replaced", replaced);
        if (baseline.Merges is { } merged)
            facts.Add("  merges", merged);
        foreach (Receipt receipt in baseline.Receipts)
            facts.Add("  run", $"{receipt.Run}, {receipt.Launches.Count} launches, {receipt.Workloads.Count} workloads, commit {Short(receipt.Build.Commit)}");
        foreach (string line in facts.Lines())
            yield return line;
        foreach (ReceiptWarning warning in baseline.Warnings)
            yield return ReceiptText.Warning(warning);
        if (baseline.Receipts.Count == 0)
            yield break;
        yield return "";
        foreach (string line in WorkloadTable.Lines(baseline.Receipts[^1], digests: true))
            yield return line;
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(string? commit) => commit is null ? "unknown" : commit[..Math.Min(12, commit.Length)];
}
