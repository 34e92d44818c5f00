using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Baselines;

/// <summary>How old a baseline is: compilers, kernels of the system and neighbours change under it, and what it says ever less.</summary>
/// <param name="Days">Whole days since its newest run.</param>
/// <param name="Commits">Commits since its newest run's; null when not known.</param>
/// <param name="Stale">Older than the settings allow.</param>
internal sealed record BaselineAge(int Days, int? Commits, bool Stale)
{
    private const string Code = "baseline-stale";

    /// <param name="newest">Of the baseline.</param>
    /// <param name="now">When it is looked at, or when the candidate was measured.</param>
    /// <param name="commit">Of what is held against it.</param>
    public static BaselineAge Of(SettingSources settings, Receipt newest, DateTimeOffset now, string? commit)
    {
        int days = (int)Math.Max(0, Math.Floor((now - newest.CreatedUtc).TotalDays));
        int? commits = CommitDistance.Between(settings.Surroundings.Folder, newest.Build.Commit, commit);
        return new BaselineAge(days, commits, days > settings.Value(PerfSettings.StaleDays) || commits > settings.Value(PerfSettings.StaleCommits));
    }

    /// <summary>The warning of a comparison against a stored baseline that is stale; null for other comparisons. Its age is that at the time of the candidate, so that a
    /// report made again says the same.</summary>
    public static ReceiptWarning? Warning(SettingSources settings, SideOfRuns baseline, Receipt candidate)
    {
        ReceiptSource newest = baseline.Sources[^1];
        // Receipts named by themselves may be as old as one likes: they are what was asked for.
        if (!newest.Path.EndsWith("#" + newest.Receipt.Run, StringComparison.Ordinal))
            return null;
        BaselineAge age = Of(settings, newest.Receipt, candidate.CreatedUtc, candidate.Build.Commit);
        return age.Stale ? new ReceiptWarning(Code, null, $"the baseline is old: {age.Text}; publish a new one of several runs") : null;
    }

    public string Text => $"{(Days == 1 ? "1 day" : $"{Days} days")}{(Commits is { } commits ? $", {(commits == 1 ? "1 commit" : $"{commits} commits")} behind" : "")}";
}
