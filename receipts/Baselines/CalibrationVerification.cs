using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>A calibration's seal, and that its figures can be as they say.</summary>
public static class CalibrationVerification
{
    private const double LimitConfidence = 0.95, LimitTolerance = 1e-6;

    public static IReadOnlyList<Finding> Verify(Calibration calibration) => [.. Seal(calibration), .. Members(calibration), .. Classes(calibration), .. calibration.FalseAlarms.SelectMany(Count)];

    private static IEnumerable<Finding> Seal(Calibration calibration)
    {
        string? computed = null;
        Finding? fault = null;
        try
        {
            computed = CalibrationFile.ComputeDigest(calibration);
        }
        catch (ReceiptException e)
        {
            fault = new("number", e.Location ?? "$", $"{e.What}; expected {e.Expected}");
        }
        if (fault is not null)
            yield return fault;
        else if (calibration.Digest != computed)
            yield return new(Finding.Digest, "$.digest", calibration.Digest is null ? "not sealed; expected the digest of the canonical form" : $"altered: the content has {computed}, the seal says {calibration.Digest}");
    }

    private static IEnumerable<Finding> Members(Calibration calibration)
    {
        if (!HostKey.IsWellFormed(calibration.HostKey))
            yield return new("host-key", "$.hostKey", $"\"{calibration.HostKey}\" is not a host key");
        if (calibration.Commit is { } commit && !Forms.IsCommit(commit))
            yield return new("commit", "$.commit", $"\"{commit}\"; expected 40 or 64 hex digits, or null");
        if (!(calibration.ElapsedSeconds > 0))
            yield return new("time", "$.elapsedSeconds", "expected some time between the runs");
        if (calibration.Runs.Count > 0 && (calibration.CreatedUtc < calibration.Runs.Max(run => run.CreatedUtc) || calibration.CreatedUtc > DateTimeOffset.UtcNow.AddDays(1)))
            yield return new("time", "$.createdUtc", "is before a receipt was written, or in the future");
        if (calibration.Runs.Select(run => run.Run).Distinct().Count() < calibration.Runs.Count || calibration.Runs.Select(run => run.Digest).Distinct().Count() < calibration.Runs.Count)
            yield return new("duplicate", "$.runs", "a run is there twice");
        if (calibration.Runs.FirstOrDefault(run => !Forms.IsDigest(run.Digest) || run.Launches < 1) is { } wrong)
            yield return new("runs", "$.runs", $"run {wrong.Run}: expected a digest and at least one launch");
        if (calibration.FamilySize < 1)
            yield return new("family-size", "$.familySize", $"{calibration.FamilySize}; expected at least 1");
    }

    private static IEnumerable<Finding> Classes(Calibration calibration)
    {
        for (int i = 0; i < calibration.Classes.Count; i++)
        {
            CalibratedClass noise = calibration.Classes[i];
            string path = FormattableString.Invariant($"$.classes[{i}]");
            if (noise.DegreesOfFreedom != calibration.Runs.Count - 1)
                yield return new("degrees-of-freedom", $"{path}.degreesOfFreedom", $"{noise.DegreesOfFreedom} of {calibration.Runs.Count} runs; expected one less than runs");
            if (noise.Workloads.Count == 0 || noise.Workloads.Select(workload => workload.Id).Distinct().Count() < noise.Workloads.Count)
                yield return new("workloads", $"{path}.workloads", "none, or one twice");
            double[] deviations = [noise.RunDeviation, noise.LaunchDeviation ?? 0, .. noise.Workloads.SelectMany(workload => new[] { workload.RunDeviation, workload.LaunchDeviation ?? 0 })];
            if (deviations.Any(deviation => !(deviation >= 0)))
                yield return new("deviation", path, "a deviation below zero");
            if (noise.Detectable.Any(shape => shape.BaselineRuns < 1 || shape.Launches < 1 || shape.Slowdown < 0))
                yield return new("detectable", $"{path}.detectable", "a shape without runs or launches, or a slowdown below zero");
        }
        if (calibration.Classes.Select(noise => noise.Name).Distinct().Count() < calibration.Classes.Count)
            yield return new("classes", "$.classes", "a class is there twice");
    }

    private static IEnumerable<Finding> Count(FalseAlarmCount count, int index)
    {
        string path = FormattableString.Invariant($"$.falseAlarms[{index}]");
        if (count.Comparisons < 1 || count.Alarmed < 0 || count.Passed < 0 || count.Alarmed + count.Passed > count.Comparisons)
            yield return new("false-alarms", path, $"{count.Alarmed} alarmed and {count.Passed} passed of {count.Comparisons}");
        else if (count.Alarmed == count.Comparisons ? count.Limit != 1 : !IsLimit(count.Alarmed, count.Comparisons, count.Limit))
            yield return new("limit", $"{path}.limit", $"{count.Limit} is not the 95 % limit of {count.Alarmed} of {count.Comparisons}");
        if (count.Receipts.Any(digest => !Forms.IsDigest(digest)))
            yield return new("sha256", $"{path}.receipts", "expected digests of receipts");
    }

    private static bool IsLimit(int k, int n, double limit) => limit is > 0 and < 1 && Math.Abs(AtMost(k, n, limit) - (1 - LimitConfidence)) < LimitTolerance;

    /// <summary>P(K ≤ k) for K ~ Binomial(n, p), each term by its logarithm. The reporter, which the limit comes from, solves the incomplete beta function: receipts know
    /// nothing of it, and a figure is better checked by another way than by the one it was made in.</summary>
    private static double AtMost(int k, int n, double p)
    {
        double sum = 0, logTerm = n * Math.Log(1 - p);
        for (int i = 0; i <= k; i++)
        {
            sum += Math.Exp(logTerm);
            logTerm += Math.Log((double)(n - i) / (i + 1)) + Math.Log(p) - Math.Log(1 - p);
        }
        return sum;
    }
}
