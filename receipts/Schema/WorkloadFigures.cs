namespace BitNet.Perf.Receipts.Schema;

/// <summary>Everything in a receipt that is computed from raw nanoseconds. The one implementation, for writing and for verifying.
/// Arithmetic is IEEE double in the order written here, so that both give the same bits; only <see cref="WorkloadSummary.LaunchSpread"/> takes a logarithm,
/// whose last bits may differ between platforms.</summary>
public static class WorkloadFigures
{
    /// <summary>One iteration in the workload's unit.</summary>
    /// <param name="nanoseconds">Elapsed time of all operations of the iteration.</param>
    /// <exception cref="ArgumentException">The unit needs tokens, bytes or multiply-adds per operation that <paramref name="work"/> does not give.</exception>
    public static double Value(Unit unit, WorkPerOperation work, long operations, double nanoseconds) => unit.Name switch
    {
        "ns" => nanoseconds / operations,
        "tok/s" => Needed(work.Tokens, unit, "tokens") * operations * 1e9 / nanoseconds,
        "GB/s" => Needed(work.Bytes, unit, "bytes") * operations / nanoseconds,
        "GMAC/s" => Needed(work.MultiplyAdds, unit, "multiplyAdds") * operations / nanoseconds,
        _ => throw new ArgumentException($"unit {unit.Name} does not follow from a time", nameof(unit)),
    };

    /// <summary>The samples of one launch, with <see cref="LaunchSamples.Values"/> computed.</summary>
    public static LaunchSamples Samples(
        Unit unit, WorkPerOperation work, int launch, long operations, IReadOnlyList<double> nanoseconds, double? allocatedBytes = null,
        string? readPattern = null) => new()
        {
            Launch = launch,
            Operations = operations,
            Nanoseconds = nanoseconds,
            Values = [.. nanoseconds.Select(elapsed => Value(unit, work, operations, elapsed))],
            AllocatedBytes = allocatedBytes,
            ReadPattern = readPattern,
        };

    /// <summary>The summary of all launches of a workload.</summary>
    /// <param name="launches">At least one, each with at least one value.</param>
    public static WorkloadSummary Summarize(Unit unit, WorkPerOperation work, IReadOnlyList<LaunchSamples> launches)
    {
        double[] medians = [.. launches.Select(launch => Median(launch.Values))];
        double median = Median(medians);
        double? nanoseconds = NanosecondsPerOperation(unit, work, median);
        return new WorkloadSummary
        {
            Median = median,
            Minimum = launches.Min(launch => launch.Values.Min()),
            Maximum = launches.Max(launch => launch.Values.Max()),
            LaunchSpread = LogarithmicSpread(medians),
            GigabytesPerSecond = work.Bytes / nanoseconds,
            GigaMultiplyAddsPerSecond = work.MultiplyAdds / nanoseconds,
        };
    }

    /// <summary>Time of one operation for a value in the unit; null where none follows (bytes, or a rate whose work is not known).</summary>
    public static double? NanosecondsPerOperation(Unit unit, WorkPerOperation work, double value) => unit.Name switch
    {
        "ns" => value,
        "tok/s" => work.Tokens * 1e9 / value,
        "GB/s" => work.Bytes / value,
        "GMAC/s" => work.MultiplyAdds / value,
        _ => null,
    };

    /// <summary>The value in the middle, or the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            throw new ArgumentException("no values", nameof(values));
        double[] sorted = [.. values];
        Array.Sort(sorted);
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double? LogarithmicSpread(double[] medians)
    {
        if (medians.Length < 2)
            return null;
        double[] logarithms = [.. medians.Select(value => Math.Log(value))];
        double mean = logarithms.Average();
        double squares = logarithms.Sum(value => (value - mean) * (value - mean));
        return Math.Sqrt(squares / (medians.Length - 1));
    }

    private static double Needed(long? amount, Unit unit, string member) =>
        amount ?? throw new ArgumentException($"unit {unit.Name} needs work.{member}", nameof(amount));
}
