namespace BitNet.Perf.Receipts.Import;

/// <summary>The samples that one process start of another harness left.</summary>
/// <param name="Rows">At least one; their launch numbers are not looked at.</param>
/// <param name="StartedUtc">When the process was started; null when nobody watched it.</param>
/// <param name="WallSeconds">How long it ran; null when nobody watched it.</param>
public sealed record ImportedLaunch(IReadOnlyList<SampleRow> Rows, DateTimeOffset? StartedUtc = null, double? WallSeconds = null)
{
    /// <summary>The launches of a file of samples, in the order of their numbers.</summary>
    /// <param name="rows">At least one.</param>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>: a number is left out. The launches behind it would move up, and be paired with
    /// others than those they were measured beside.</exception>
    public static IReadOnlyList<ImportedLaunch> Of(IReadOnlyList<SampleRow> rows)
    {
        IGrouping<int, SampleRow>[] launches = [.. rows.GroupBy(row => row.Launch).OrderBy(launch => launch.Key)];
        int first = launches[0].Key == 0 ? 0 : 1;
        int gap = Array.FindIndex(launches, launch => launch.Key != first++);
        return gap < 0
            ? [.. launches.Select(launch => new ImportedLaunch([.. launch]))]
            : throw SamplesCsv.Malformed(null, $"launch {launches[gap].Key} {(gap == 0 ? "is the first" : $"follows launch {launches[gap - 1].Key}")}", "launches numbered from 0 or 1 without a gap");
    }
}
