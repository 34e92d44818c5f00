using System.Globalization;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>The one sentence that goes with each verdict: the figures that decided, and what they rest on.</summary>
internal static class Reasons
{
    /// <param name="interval">Whose ends have the chance <paramref name="tail"/> each.</param>
    /// <param name="look">A clause that names the look; empty where there is one.</param>
    public static string Of(
        Verdict verdict, double ratio, Interval interval, double pAdjusted, double alpha, double threshold, Evidence evidence,
        double tail = VerdictRule.MarginalTail, string look = "") =>
        Of(verdict, ratio, interval, pAdjusted, alpha, threshold, NoiseClause(evidence) + look, tail);

    /// <summary>Of pairs.</summary>
    public static string OfPairs(Verdict verdict, double ratio, Interval interval, double pAdjusted, double alpha, double threshold, PairedEvidence evidence, LookPlan looks, int reached) =>
        Of(verdict, ratio, interval, pAdjusted, alpha, threshold, FormattableString.Invariant($"; {evidence.Pairs} pairs{LookClause(looks, reached)}"));

    /// <summary>Of pairs too few for an interval or a look.</summary>
    public static string TooFewPairs(int pairs, LookPlan looks, int reached) => reached == 0
        ? FormattableString.Invariant($"{pairs} pairs do not reach the first look, declared at {looks.Looks[0].Launches}.")
        : FormattableString.Invariant($"{pairs} pairs are too few for a 90 % interval; at least 5 are needed.");

    private static string LookClause(LookPlan looks, int reached) =>
        looks.Looks.Count == 1 ? "" : FormattableString.Invariant($", look {reached} of {looks.Looks.Count}");

    private static string Of(Verdict verdict, double ratio, Interval interval, double pAdjusted, double alpha, double threshold, string noise, double tail = VerdictRule.MarginalTail)
    {
        int decimals = Percent.Decimals(interval);
        string width = $"{Confidence(1 - 2 * tail)} interval";
        string estimate = $"{Percent.Change(ratio, decimals)} ({width} {Percent.Range(interval, decimals)})";
        string limit = Percent.Amount(threshold), p = $"adjusted p {P(pAdjusted)}";
        string level = alpha.ToString(CultureInfo.InvariantCulture);
        return verdict switch
        {
            Verdict.Regressed => $"{estimate} reaches the threshold of {limit} and is clear of noise, {p} ≤ {level}{noise}.",
            Verdict.Improved => $"{estimate} is an improvement of at least the threshold of {limit}, {p} ≤ {level}{noise}.",
            Verdict.Equivalent => $"{width} {Percent.Range(interval, decimals)} % lies within the threshold of {limit} both ways{noise}.",
            Verdict.NotSlower => $"{Confidence(1 - tail)} sure not to cost {limit} more: upper limit {Percent.Change(interval.Upper, decimals)}{noise}.",
            _ => $"{estimate} {Undecided(ratio, interval, pAdjusted <= alpha, threshold)}, {p}{noise}.",
        };
    }

    private static string Confidence(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");

    private static string Undecided(double ratio, Interval interval, bool clear, double threshold)
    {
        string limit = Percent.Amount(threshold);
        return ratio >= 1 + threshold ? $"reaches the threshold of {limit} but is not clear of noise over all workloads"
            : clear && ratio > 1 ? $"is a change clear of noise, but whether it reaches {limit} is open"
            : interval.Lower > 1 / (1 + threshold) ? $"is below the threshold of {limit}, but the interval reaches it"
            : $"is not clear of noise over all workloads, and the interval reaches {limit}";
    }

    /// <summary>What would decide, as a clause; empty where nothing is known to.</summary>
    public static string Needed(MoreEvidence needed, Evidence evidence)
    {
        string cause = $"run-to-run noise of {Percent.Amount(evidence.Noise.Deviation)}{(evidence.Noise.Assumed ? " (assumed)" : evidence.Noise.Calibrated ? " (calibrated)" : "")}";
        return needed switch
        {
            { Launches: { } launches } => $"about {Count(launches, "more launch", "more launches")} would decide if the estimate stays",
            { BaselineRuns: { } runs } => $"no number of launches decides, {cause} is in the way: about {Count(runs, "more baseline run", "more baseline runs")} would",
            { RunsOnBothSides: { } runs } => $"no number of launches decides, {cause} is in the way: about {Count(runs, "more run", "more runs")} on each side would",
            _ => $"neither {MoreEvidence.MostLaunches} launches nor {MoreEvidence.MostRuns} runs on each side would decide, {cause} is in the way",
        };
    }

    /// <summary>What would decide pairs, as a clause.</summary>
    public static string NeededPairs(int? pairs) => pairs is { } n
        ? $"about {Count(n, "more pair", "more pairs")} would decide if the estimate stays"
        : $"not even {PairedEvidence.MostPairs} more pairs would decide";

    public static string SingleLaunch() =>
        "A single launch on each side shows nothing of its own noise: two launches on one side, or 5 baseline runs, are the least.";

    public static string HostChanged(IEnumerable<HostCheck> checks) =>
        string.Join(", ", checks.Where(c => c.Changed).Select(c => $"{c.Id} {Percent.Change(c.Ratio)}"));

    /// <summary>A p in two digits, a bound where it is tiny.</summary>
    public static string P(double p) => p switch
    {
        < 1e-12 => "< 1e-12",
        < 1e-3 => p.ToString("0.#e-0", CultureInfo.InvariantCulture),
        _ => p.ToString("0.###", CultureInfo.InvariantCulture),
    };

    private static string Count(int n, string one, string many) => $"{n} {(n == 1 ? one : many)}";

    private static string NoiseClause(Evidence evidence) => evidence.Noise.Assumed
        ? $"; {Percent.Amount(evidence.Noise.Deviation)} noise between runs is assumed ({Runs(evidence)}{(evidence.Noise.CalibratedTooShort ? "; the sides lie further apart in time than the calibration spans" : "")}): α holds only if it is no more"
        : $"; noise between runs {Percent.Amount(evidence.Noise.Deviation)}, {(evidence.Noise.Calibrated ? "calibrated" : "estimated")} on {evidence.Noise.DegreesOfFreedom.ToString("0.#", CultureInfo.InvariantCulture)} degrees of freedom";

    private static string Runs(Evidence evidence) => $"{Count(evidence.BaselineRuns, "baseline run", "baseline runs")}, {Count(evidence.CandidateRuns, "candidate run", "candidate runs")}";
}
