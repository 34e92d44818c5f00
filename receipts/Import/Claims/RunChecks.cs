using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import.Claims;

/// <summary>Whether a published total and its parts are of one and the same run, where the runs are published too.</summary>
internal static class RunChecks
{
    /// <summary>Coefficient of variation from which a part is said to vary. A choice.</summary>
    private const double Steady = 0.05;

    public static IEnumerable<ReceiptWarning> Of(ClaimedBreakdown breakdown, IReadOnlyList<ClaimedWorkload> workloads)
    {
        Part[] parts = [.. breakdown.Parts.Select(part => Raw(part, breakdown.Unit, workloads)).OfType<Part>()];
        Part? total = Raw(breakdown.Total, breakdown.Unit, workloads);
        if (total is not null && parts.Length == breakdown.Parts.Count)
        {
            foreach (ReceiptWarning warning in OfOneRun(total, parts, breakdown.Unit).Concat(RunSums(total, parts, breakdown.Unit)))
                yield return warning;
        }
        foreach (Part part in parts.Where(part => part.Runs.Length > 2))
        {
            double mean = (double)part.Runs.Average();
            double variation = Math.Sqrt(part.Runs.Sum(run => Math.Pow((double)run - mean, 2)) / (part.Runs.Length - 1)) / mean;
            if (variation > Steady)
            {
                yield return new("runs-vary", part.Claim.Name, string.Create(CultureInfo.InvariantCulture,
                    $"{variation * 100:0.0} % between {part.Runs.Length} runs (coefficient of variation): it needs a threshold of its own"));
            }
        }
    }

    private static IEnumerable<ReceiptWarning> OfOneRun(Part total, Part[] parts, string unit)
    {
        int[] runs = total.RunsOfClaim;
        if (runs.Any(run => Array.TrueForAll(parts, part => part.RunsOfClaim.Contains(run))))
            yield break;
        Part[] others = runs.Length == 0 ? [] : [.. parts.Where(part => !part.RunsOfClaim.Intersect(runs).Any())];
        yield return new("runs-mixed", null, runs.Length == 0
            ? $"no run has the total of {BreakdownChecks.Text(total.Claim.Value)} {unit}"
            : $"the total is that of {Named(runs)}, but {string.Join(", ", others.Select(part => $"{part.Claim.Name} is of {Named(part.RunsOfClaim)}"))}");
        foreach (Part part in runs.Length == 1 ? others : [])
        {
            decimal spent = part.Runs[runs[0]], share = 100 * spent / total.Runs[runs[0]];
            if (part.Claim.Percent is decimal percent && !BreakdownChecks.Rounds(share, percent))
            {
                yield return new("share-of-run", part.Claim.Name,
                    $"{Named(runs)}, whose total is claimed, spent {BreakdownChecks.Text(spent)} {unit} on it, {BreakdownChecks.Percent(share)} %; claimed are {BreakdownChecks.Text(part.Claim.Value)} {unit}, {BreakdownChecks.Text(percent)} %");
            }
        }
    }

    private static IEnumerable<ReceiptWarning> RunSums(Part total, Part[] parts, string unit)
    {
        for (int run = 0; run < total.Runs.Length; run++)
        {
            if (!Array.TrueForAll(parts, part => run < part.Runs.Length))
                continue;
            decimal sum = parts.Sum(part => part.Runs[run]);
            if (Math.Abs(sum - total.Runs[run]) > parts.Length) // each may be rounded
                yield return new("run-sum", null, FormattableString.Invariant($"the parts of run {run + 1} add up to {BreakdownChecks.Text(sum)} {unit}, its total is {BreakdownChecks.Text(total.Runs[run])} {unit}"));
        }
    }

    private static string Named(int[] runs) => runs.Length switch
    {
        0 => "no run",
        1 => FormattableString.Invariant($"run {runs[0] + 1}"),
        _ => "runs " + string.Join(" and ", runs.Select(run => (run + 1).ToString(CultureInfo.InvariantCulture))),
    };

    // Runs of one value each, in the breakdown's unit.
    private static Part? Raw(ClaimedPart claim, string unit, IReadOnlyList<ClaimedWorkload> workloads)
    {
        if (workloads.FirstOrDefault(workload => workload.Id == claim.Workload) is not { Statistic: null } workload || workload.Runs.Any(run => run.Count > 1))
            return null;
        Unit.TryParse(workload.Unit, out Unit measured, out double factor);
        Unit.TryParse(unit, out Unit _, out double scale);
        return measured != Unit.Nanoseconds ? null : new Part(claim, [.. workload.Runs.Select(run => run[0] * (decimal)factor / (decimal)scale)]);
    }

    private sealed record Part(ClaimedPart Claim, decimal[] Runs)
    {
        /// <summary>Indices of the runs that have the claimed value.</summary>
        public int[] RunsOfClaim { get; } = [.. Enumerable.Range(0, Runs.Length).Where(run => Runs[run] == Claim.Value)];
    }
}
