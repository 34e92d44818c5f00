using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Baselines;

/// <summary>A line of the list of baselines: what is in it, and what it is still good for. What cannot be told of a damaged one is null.</summary>
/// <param name="AgeDays">Since its newest run.</param>
/// <param name="CommitsBehind">From its newest run's commit to the checkout's; null without git or where the commit is not in it.</param>
/// <param name="Mde">Smallest slowdown that one more run would show, the median over workloads: 0.04 is 4 %; null where nothing shows the noise.</param>
/// <param name="LargestMde">Of the workload that is known worst.</param>
internal sealed record BaselineStanding(
    string Path, string HostKey, string Suite, int? Runs, DateTimeOffset? NewestUtc, string? Commit, string? Reason, string? Digest, string? Fault, bool Sound,
    DateTimeOffset? PublishedUtc, int? ChainLength, int? AgeDays, int? CommitsBehind, double? Mde, double? LargestMde, bool? Stale)
{
    public static BaselineStanding Of(CommandContext context, BaselineEntry entry)
    {
        Baseline? baseline = entry.Sound ? BaselineFile.Read(entry.Path) : null;
        BaselineAge? age = baseline is null ? null : BaselineAge.Of(context.Settings, baseline.Receipts.MaxBy(receipt => receipt.CreatedUtc)!, DateTimeOffset.UtcNow, "HEAD");
        BaselineSensitivity? sensitivity = baseline is null ? null : Sensitivity(context.Settings, baseline);
        return new BaselineStanding(
            entry.Path, entry.HostKey, entry.Suite, entry.Runs, entry.NewestUtc, entry.Commit, entry.Reason, entry.Digest, entry.Fault, entry.Sound,
            baseline?.PublishedUtc, baseline?.ChainLength, age?.Days, age?.Commits, sensitivity?.Median, sensitivity?.Largest, age?.Stale);
    }

    private static BaselineSensitivity? Sensitivity(SettingSources settings, Baseline baseline)
    {
        try
        {
            return BaselineSensitivity.Of([.. baseline.Receipts.Select(receipt => new ReceiptSource(receipt.Run, receipt))], Comparing.Options(settings, baseline.HostKey));
        }
        catch (Exception e) when (e is ReceiptException or ComparisonInputException)
        {
            return null; // a damaged calibration or sample is told of where it is used, not in a list
        }
    }
}
