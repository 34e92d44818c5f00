using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Samples belong to a launch of the run, are positive, and as many as the settings say.</summary>
internal static class SampleRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        HashSet<int> launches = [.. receipt.Launches.Select(launch => launch.Index)];
        HashSet<int> complete = [.. receipt.Launches.Where(launch => launch.Outcome == LaunchOutcome.Complete).Select(launch => launch.Index)];
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            string path = $"$.workloads[{i}].launches";
            int? planned = Planned(receipt, workload);
            if (workload.Launches.Count == 0)
                yield return new("samples", path, "no samples");
            for (int j = 0; j < workload.Launches.Count; j++)
            {
                LaunchSamples samples = workload.Launches[j];
                if (!launches.Contains(samples.Launch))
                    yield return new("launch-reference", $"{path}[{j}].launch", $"there is no launch {samples.Launch}");
                if (j > 0 && samples.Launch <= workload.Launches[j - 1].Launch)
                    yield return new("launch-reference", $"{path}[{j}].launch", $"{samples.Launch}; expected ascending launches, each once");
                if (samples.Operations < 1 || samples.Operations != workload.Launches[0].Operations)
                    yield return new("operations", $"{path}[{j}].operations", $"{samples.Operations}; expected the same positive number in every launch");
                if (samples.AllocatedBytes is < 0)
                    yield return new("allocated", $"{path}[{j}].allocatedBytes", "is negative");
                if (samples.ReadPattern is { } pattern && !(workload.Id.StartsWith("probe/read/", StringComparison.Ordinal) && Forms.IsReadPattern(pattern)))
                    yield return new("read-pattern", $"{path}[{j}].readPattern", $"\"{pattern}\"; expected e.g. \"4 streams, 1024 bytes ahead\", on probe/read only");
                if (complete.Contains(samples.Launch) && planned is not null && samples.Nanoseconds.Count != planned)
                    yield return new("iterations", $"{path}[{j}].nanoseconds", $"{samples.Nanoseconds.Count} iterations; the settings say {planned}");
                if (ArePositive(samples.Nanoseconds) && ArePositive(samples.Values))
                    continue;
                foreach (Finding finding in Positive(samples.Nanoseconds, $"{path}[{j}].nanoseconds").Concat(Positive(samples.Values, $"{path}[{j}].values")))
                    yield return finding;
            }
        }
    }

    private static int? Planned(Receipt receipt, WorkloadRecord workload)
    {
        if (receipt.Origin != ReceiptOrigin.Measured || !WorkloadId.TryParse(workload.Id, out WorkloadId? id))
            return null;
        return id.Family switch
        {
            WorkloadFamily.Kernel or WorkloadFamily.Probe => receipt.Settings.KernelIterations,
            WorkloadFamily.EndToEnd => receipt.Settings.EndToEndIterations,
            _ => null,
        };
    }

    // There may be a million numbers, and hardly ever one to tell of.
    private static bool ArePositive(IReadOnlyList<double> numbers)
    {
        for (int k = 0; k < numbers.Count; k++)
        {
            if (!IsPositive(numbers[k]))
                return false;
        }
        return true;
    }

    private static bool IsPositive(double number) => double.IsFinite(number) && number > 0;

    private static IEnumerable<Finding> Positive(IReadOnlyList<double> numbers, string path)
    {
        for (int k = 0; k < numbers.Count; k++)
        {
            if (!IsPositive(numbers[k]))
                yield return new("positive", $"{path}[{k}]", FormattableString.Invariant($"{numbers[k]}; expected a finite positive number"));
        }
    }
}
