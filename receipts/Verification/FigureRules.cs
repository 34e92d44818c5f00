using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Values follow from nanoseconds, summaries from values, by the very functions that wrote them.</summary>
internal static class FigureRules
{
    // A logarithm may differ in its last bits from one platform's library to another's; all else is exact.
    private const double SpreadSlack = 1e-9;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            string path = $"$.workloads[{i}]";
            if (Unit.Find(workload.Unit) is not Unit unit)
                continue; // a finding of WorkloadRules
            bool computable = workload.Launches.Count > 0;
            for (int j = 0; j < workload.Launches.Count; j++)
            {
                LaunchSamples samples = workload.Launches[j];
                computable &= samples.Values.Count > 0;
                if (AreSound(unit, workload.Work, samples))
                    continue;
                foreach (Finding finding in Values(receipt, unit, workload.Work, samples, $"{path}.launches[{j}]"))
                    yield return finding;
            }
            if (!computable)
                continue;
            foreach (Finding finding in Summary(workload.Summary, WorkloadFigures.Summarize(unit, workload.Work, workload.Launches), $"{path}.summary"))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> Values(Receipt receipt, Unit unit, WorkPerOperation work, LaunchSamples samples, string path)
    {
        // Another harness may have left rates without the times they came from.
        if (receipt.Origin != ReceiptOrigin.Measured && samples.Nanoseconds.Count == 0 && samples.Values.Count > 0 && unit != Unit.Nanoseconds)
            yield break;
        if (samples.Values.Count == 0 || samples.Values.Count != samples.Nanoseconds.Count)
        {
            yield return new("values", $"{path}.values", $"{samples.Values.Count} values of {samples.Nanoseconds.Count} iterations");
            yield break;
        }
        if (!Follows(unit, work))
        {
            yield return new("values", $"{path}.values", $"the unit {unit} does not follow from nanoseconds and $.work");
            yield break;
        }
        for (int k = 0; k < samples.Values.Count; k++)
        {
            double expected = WorkloadFigures.Value(unit, work, samples.Operations, samples.Nanoseconds[k]);
            if (samples.Values[k] != expected)
                yield return new("values", $"{path}.values[{k}]", FormattableString.Invariant($"{samples.Values[k]}; the nanoseconds give {expected}"));
        }
    }

    // There may be a million values, and hardly ever one to tell of.
    private static bool AreSound(Unit unit, WorkPerOperation work, LaunchSamples samples)
    {
        if (samples.Values.Count == 0 || samples.Values.Count != samples.Nanoseconds.Count || !Follows(unit, work))
            return false;
        for (int k = 0; k < samples.Values.Count; k++)
        {
            if (samples.Values[k] != WorkloadFigures.Value(unit, work, samples.Operations, samples.Nanoseconds[k]))
                return false;
        }
        return true;
    }

    private static bool Follows(Unit unit, WorkPerOperation work) => unit.Name switch
    {
        "ns" => true,
        "tok/s" => work.Tokens is not null,
        "GB/s" => work.Bytes is not null,
        "GMAC/s" => work.MultiplyAdds is not null,
        _ => false,
    };

    private static IEnumerable<Finding> Summary(WorkloadSummary found, WorkloadSummary expected, string path)
    {
        (string Member, double? Found, double? Expected, double Slack)[] figures =
        [
            ("median", found.Median, expected.Median, 0),
            ("minimum", found.Minimum, expected.Minimum, 0),
            ("maximum", found.Maximum, expected.Maximum, 0),
            ("launchSpread", found.LaunchSpread, expected.LaunchSpread, SpreadSlack),
            ("gigabytesPerSecond", found.GigabytesPerSecond, expected.GigabytesPerSecond, 0),
            ("gigaMultiplyAddsPerSecond", found.GigaMultiplyAddsPerSecond, expected.GigaMultiplyAddsPerSecond, 0),
        ];
        foreach ((string member, double? figure, double? computed, double slack) in figures)
        {
            bool same = figure is double f && computed is double c ? Math.Abs(f - c) <= slack * Math.Max(Math.Abs(c), 1e-3) : figure is null && computed is null;
            if (!same)
                yield return new("summary", $"{path}.{member}", $"{Text(figure)}; the samples give {Text(computed)}");
        }
    }

    private static string Text(double? figure) => figure?.ToString("R", CultureInfo.InvariantCulture) ?? "null";
}
