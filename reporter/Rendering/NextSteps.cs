using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <param name="Command">To be copied as it is.</param>
/// <param name="Purpose">What it is for, in a few words.</param>
public sealed record NextStep(string Command, string Purpose);

/// <summary>The one to three commands that follow from a comparison.</summary>
public static class NextSteps
{
    private const string SyntheticPrefix = "synthetic-";

    /// <summary>More runs than this, half an hour apart, are no advice: they would take longer than a night.</summary>
    private const int MostRuns = 20;

    /// <summary>What of a receipt must be said again for a run to be comparable with it: the suite, and the model unless it is the one that
    /// `run` uses by itself.</summary>
    public static string Selection(Receipt receipt)
    {
        if (receipt.Model is not { } model || model.Name?.StartsWith($"{SyntheticPrefix}2b-", StringComparison.Ordinal) == true)
            return receipt.Suite;
        return model is { Synthetic: true, Name: { } name } && name.Split('-') is [_, var shape, ..]
            ? $"{receipt.Suite} --model synthetic:{shape}"
            : $"{receipt.Suite} --model {model.File}";
    }

    /// <param name="suite">Suite and model of the candidate, as <see cref="Selection"/> gives them.</param>
    /// <param name="program">How this program is called where the commands will be typed.</param>
    public static IReadOnlyList<NextStep> Of(ComparisonResult result, string suite, string program = ReportModel.ProgramName)
    {
        string baseline = Paths(result.Baseline), candidate = Paths(result.Candidate);
        var steps = new List<NextStep>();
        if (result.Workloads.Any(w => w.ResultMatch == false))
            steps.Add(new($"{program} receipt show {candidate}", "the results that differ"));
        if (result.Obstacles.Count > 0)
            steps.Add(new($"{program} baseline list", "the baselines there are, by host"));
        if (result.Method == PairedComparison.MethodName)
        {
            steps.AddRange(OfPairs(result, suite, program));
            return [.. steps.Take(3)];
        }
        // What another harness measured, `run` cannot measure again.
        if (suite == ImportedReceipt.Suite)
            return [.. steps, new($"{program} compare {baseline} --with {candidate} --all", "every workload with its figures; more files of separate runs on each side show noise between runs")];
        WorkloadComparison[] regressed = Timed(result, Verdict.Regressed);
        if (regressed.Length > 0)
        {
            steps.Add(Commits(result) is { } commits
                ? new($"{program} ab {commits} --suite {suite}{Filters(regressed)}", "confirm it: both builds in turn")
                : new($"{program} run --suite {suite}{Filters(regressed)}", "measure what regressed once more"));
        }
        if (result.Host.Changed)
        {
            steps.Add(new($"{program} run --suite {suite}", "measure again: this host is not as it was"));
            return [.. steps.Take(3)];
        }
        WorkloadComparison[] undecided = Timed(result, Verdict.Undecided);
        WorkloadComparison[] byLaunches = [.. undecided.Where(w => w.LaunchesNeeded is not null)];
        if (byLaunches.Length > 0)
        {
            int launches = byLaunches.Max(w => w.Candidate.Launches + w.LaunchesNeeded!.Value);
            steps.Add(new(FormattableString.Invariant($"{program} run --suite {suite}{Filters(byLaunches)} --launches {launches}"), "decide what more launches decide"));
        }
        int runs = undecided.Select(w => w.Detail?.Needed?.BaselineRuns ?? w.Detail?.Needed?.RunsOnBothSides ?? 0).DefaultIfEmpty().Max();
        if (runs is > 0 and <= MostRuns)
        {
            steps.Add(new(FormattableString.Invariant($"{program} run --suite {suite} --repeat {runs} --pause 30m"), "more runs: noise between runs is what is unknown"));
        }
        else if (undecided.FirstOrDefault(w => ComparisonRows.NeedsRuns(w) && w.Detail is { Evidence.Noise.Assumed: true }) is { Detail.Evidence: { } evidence })
        {
            // What is assumed is cautious: a handful of runs replaces it by what this host really shows.
            int known = Math.Max(0, evidence.BaselineRuns + evidence.CandidateRuns - 2);
            steps.Add(new(FormattableString.Invariant($"{program} run --suite {suite} --repeat {Math.Max(1, RunNoise.LeastDegreesOfFreedom - known)} --pause 30m"),
                "noise between runs is only assumed: these show it"));
        }
        if (steps.Count == 0 && result.Counts.Missing > 0)
            steps.Add(new($"{program} list --suite {suite}", "what this build can measure"));
        if (steps.Count < 3 && result.Counts.Improved > 0 && result.ExitCode == GateOutcome.Passed)
            steps.Add(new($"{program} baseline publish {candidate} --reason \"faster\"", "make the improvement the baseline"));
        if (steps.Count == 0)
            steps.Add(new($"{program} compare {baseline} --with {candidate} --all", "every workload with its figures"));
        return [.. steps.Take(3)];
    }

    // Of builds without a commit nobody can say how to make them again.
    private static string? Commits(ComparisonResult result) => result.Baseline.Commit is { } before && result.Candidate.Commit is { } after && before != after
        ? $"--base-ref {Figures.Commit(before)} --head-ref {Figures.Commit(after)}"
        : null;

    private static IEnumerable<NextStep> OfPairs(ComparisonResult result, string suite, string program)
    {
        WorkloadComparison[] undecided = [.. Timed(result, Verdict.Undecided).Where(w => w.LaunchesNeeded is not null)];
        if (undecided.Length > 0 && Commits(result) is { } commits)
        {
            int pairs = undecided.Max(w => w.Candidate.Launches + w.LaunchesNeeded!.Value);
            yield return new(FormattableString.Invariant($"{program} ab {commits} --suite {suite}{Filters(undecided)} --pairs {pairs}"), "decide what more pairs decide");
        }
        yield return new($"{program} compare --paired {Paths(result.Baseline)} --with {Paths(result.Candidate)} --all", "every workload with its figures");
    }

    private static WorkloadComparison[] Timed(ComparisonResult result, Verdict verdict) =>
        [.. result.Workloads.Where(w => w.Verdict == verdict && w.Accepted is null && w.Metric != ComparedMetric.Allocated)];

    // Few workloads by their ids, many by a pattern of their group.
    private static string Filters(IReadOnlyCollection<WorkloadComparison> rows)
    {
        string[] ids = [.. rows.Select(row => row.Id).Distinct()];
        IEnumerable<string> filters = ids.Length <= 2 ? ids : ids.Select(id => $"{WorkloadNames.Group(id)}/**").Distinct();
        return string.Concat(filters.Select(filter => $" --filter '{filter}'"));
    }

    /// <summary>Every file of a side once; several runs may lie in one baseline file.</summary>
    private static string Paths(SideSummary side) => string.Join(' ', side.Receipts.Select(receipt => File(receipt.Path)).Distinct());

    private static string File(string path)
    {
        int run = path.IndexOf('#'); // a run within a baseline file
        string file = run < 0 ? path : path[..run];
        return file.Contains(' ') ? $"'{file}'" : file;
    }
}
