using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>How the read probe read, in words.</summary>
public static class ReadPatterns
{
    /// <summary>The pattern of all launches, or each with the number of its launches, the most frequent first; null where none is known.</summary>
    public static string? Of(WorkloadRecord record)
    {
        IGrouping<string, LaunchSamples>[] patterns =
            [.. record.Launches.Where(launch => launch.ReadPattern is not null).GroupBy(launch => launch.ReadPattern!).OrderByDescending(pattern => pattern.Count())];
        return patterns.Length switch
        {
            0 => null,
            1 => patterns[0].Key,
            _ => string.Join("; ", patterns.Select(pattern => $"{pattern.Key} in {pattern.Count()} of {record.Launches.Count} launches")),
        };
    }
}
