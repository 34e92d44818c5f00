using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

public class WorkloadFiguresTests
{
    private static readonly WorkPerOperation Work = new() { Tokens = 32, Bytes = 1000, MultiplyAdds = 4000 };

    [Fact]
    public void A_value_is_the_iteration_in_the_unit()
    {
        Assert.Equal(250, WorkloadFigures.Value(Unit.Nanoseconds, Work, 4, 1000));
        Assert.Equal(32 * 4 * 1e9 / 1e9, WorkloadFigures.Value(Unit.TokensPerSecond, Work, 4, 1e9));
        Assert.Equal(4, WorkloadFigures.Value(Unit.GigabytesPerSecond, Work, 4, 1000));
        Assert.Equal(16, WorkloadFigures.Value(Unit.GigaMultiplyAddsPerSecond, Work, 4, 1000));
    }

    [Fact]
    public void A_rate_needs_the_work_it_is_a_rate_of()
    {
        WorkPerOperation none = new();
        Assert.Throws<ArgumentException>(() => WorkloadFigures.Value(Unit.TokensPerSecond, none, 1, 1));
        Assert.Throws<ArgumentException>(() => WorkloadFigures.Value(Unit.GigabytesPerSecond, none, 1, 1));
        Assert.Throws<ArgumentException>(() => WorkloadFigures.Value(Unit.GigaMultiplyAddsPerSecond, none, 1, 1));
        Assert.Throws<ArgumentException>(() => WorkloadFigures.Value(Unit.Bytes, Work, 1, 1));
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 9.0, 1, 5 }, 5)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    public void The_median_is_the_middle_or_the_mean_of_the_two_in_the_middle(double[] values, double median) =>
        Assert.Equal(median, WorkloadFigures.Median(values));

    [Fact]
    public void No_values_have_no_median() => Assert.Throws<ArgumentException>(() => WorkloadFigures.Median([]));

    [Fact]
    public void The_summary_takes_the_median_of_launch_medians_and_the_extremes_of_all_values()
    {
        LaunchSamples[] launches =
        [
            WorkloadFigures.Samples(Unit.Nanoseconds, Work, 1, 10, [1000, 1010, 5000]),
            WorkloadFigures.Samples(Unit.Nanoseconds, Work, 2, 10, [1200, 900, 1250]),
            WorkloadFigures.Samples(Unit.Nanoseconds, Work, 3, 10, [1100, 1100, 1100]),
        ];
        WorkloadSummary summary = WorkloadFigures.Summarize(Unit.Nanoseconds, Work, launches);
        Assert.Equal((110, 90, 500), (summary.Median, summary.Minimum, summary.Maximum));
        Assert.Equal(1000 / 110.0, summary.GigabytesPerSecond);
        Assert.Equal(4000 / 110.0, summary.GigaMultiplyAddsPerSecond);
        // Standard deviation of ln 101, ln 120, ln 110, written out.
        double[] logarithms = [Math.Log(101), Math.Log(120), Math.Log(110)];
        double mean = (logarithms[0] + logarithms[1] + logarithms[2]) / 3;
        double variance = (Math.Pow(logarithms[0] - mean, 2) + Math.Pow(logarithms[1] - mean, 2) + Math.Pow(logarithms[2] - mean, 2)) / 2;
        Assert.Equal(Math.Sqrt(variance), summary.LaunchSpread!.Value, 12);
    }

    [Fact]
    public void The_spread_of_one_launch_is_unknown() =>
        Assert.Null(WorkloadFigures.Summarize(Unit.Nanoseconds, Work, [WorkloadFigures.Samples(Unit.Nanoseconds, Work, 1, 1, [5])]).LaunchSpread);

    [Fact]
    public void The_spread_does_not_change_with_the_scale()
    {
        WorkloadSummary Of(double scale) => WorkloadFigures.Summarize(Unit.Nanoseconds, Work,
            [.. Enumerable.Range(1, 5).Select(launch => WorkloadFigures.Samples(Unit.Nanoseconds, Work, launch, 3, [scale * launch, scale * (launch + 1)]))]);
        Assert.Equal(Of(1).LaunchSpread!.Value, Of(1234.5).LaunchSpread!.Value, 12);
    }

    [Fact]
    public void Bandwidth_is_the_same_whether_a_workload_is_kept_as_time_or_as_rate()
    {
        double nanoseconds = 2.5e9;
        double?[] bandwidths =
        [
            .. new[] { Unit.Nanoseconds, Unit.TokensPerSecond, Unit.GigabytesPerSecond, Unit.GigaMultiplyAddsPerSecond }
                .Select(unit => WorkloadFigures.Summarize(unit, Work, [WorkloadFigures.Samples(unit, Work, 1, 1, [nanoseconds])]).GigabytesPerSecond),
        ];
        Assert.All(bandwidths, bandwidth => Assert.Equal(1000 / nanoseconds, bandwidth!.Value, 15));
    }

    [Fact]
    public void Without_bytes_or_multiply_adds_their_rates_are_unknown()
    {
        WorkloadSummary summary = WorkloadFigures.Summarize(Unit.Nanoseconds, new(), [WorkloadFigures.Samples(Unit.Nanoseconds, new(), 1, 1, [5])]);
        Assert.Null(summary.GigabytesPerSecond);
        Assert.Null(summary.GigaMultiplyAddsPerSecond);
    }
}
