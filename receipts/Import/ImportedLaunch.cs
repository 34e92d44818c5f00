namespace BitNet.Perf.Receipts.Import;

/// <summary>The samples that one process start of another harness left.</summary>
/// <param name="Rows">At least one; their launch numbers are not looked at.</param>
/// <param name="StartedUtc">When the process was started; null when nobody watched it.</param>
/// <param name="WallSeconds">How long it ran; null when nobody watched it.</param>
public sealed record ImportedLaunch(IReadOnlyList<SampleRow> Rows, DateTimeOffset? StartedUtc = null, double? WallSeconds = null)
{
    /// <summary>The launches of a file of samples, in the order of their numbers.</summary>
    public static IReadOnlyList<ImportedLaunch> Of(IReadOnlyList<SampleRow> rows) =>
        [.. rows.GroupBy(row => row.Launch).OrderBy(launch => launch.Key).Select(launch => new ImportedLaunch([.. launch]))];
}
