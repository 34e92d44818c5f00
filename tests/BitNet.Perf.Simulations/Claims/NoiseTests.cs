using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Claims;

/// <summary>The noise that is simulated is the noise that its name says.</summary>
public class NoiseTests
{
    private const int Draws = 200_000;

    private static double[] Drawn(LaunchShock shock)
    {
        var random = new RandomStream(3);
        return [.. Enumerable.Range(0, Draws).Select(_ => shock(random))];
    }

    private static double Deviation(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Correlation(double[] values)
    {
        double mean = values.Average(), total = values.Sum(value => (value - mean) * (value - mean));
        return values.Zip(values.Skip(1), (a, b) => (a - mean) * (b - mean)).Sum() / total;
    }

    [Fact]
    public void Normal_launches_have_the_deviation_given_and_normal_tails()
    {
        double[] values = Drawn(LaunchShocks.Normal(0.02));
        Assert.Equal(0.02, Deviation(values), 0.0002);
        // P(|Z| > 3) = 0.0027, four standard errors of the share.
        Assert.Equal(0.0027, values.Count(value => Math.Abs(value) > 0.06) / (double)Draws, 0.0005);
    }

    [Fact]
    public void Heavy_tailed_launches_have_the_quartiles_of_students_t_on_three_degrees()
    {
        // Quartile 0.76489 of t on 3 degrees of freedom, whose standard deviation is √3.
        double[] values = [.. Drawn(LaunchShocks.HeavyTailed(0.02)).Order()];
        Assert.Equal(0.02 * 0.76489 / Math.Sqrt(3), values[3 * Draws / 4], 0.0002);
        Assert.InRange(values.Count(value => Math.Abs(value) > 0.1) / (double)Draws, 0.001, 0.01);
    }

    [Fact]
    public void Outliers_and_modes_have_the_share_given()
    {
        Assert.Equal(0.03, Drawn(LaunchShocks.WithOutliers(0.001, 0.03, 0.15)).Count(value => value > 0.07) / (double)Draws, 0.002);
        Assert.Equal(0.3, Drawn(LaunchShocks.TwoModes(0.001, 0.3, 0.08)).Count(value => value > 0.04) / (double)Draws, 0.005);
    }

    [Fact]
    public void Autoregression_keeps_the_deviation_and_has_the_correlation_given()
    {
        var random = new RandomStream(5);
        var series = new Autoregression(0.5, random.Normal());
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => series.Next(random.Normal()))];
        Assert.Equal(1, Deviation(values), 0.02);
        Assert.Equal(0.5, Correlation(values), 0.02);
    }

    [Fact]
    public void What_the_host_does_to_a_launch_it_does_to_all_its_workloads()
    {
        var model = new NoiseModel { Launch = LaunchShocks.Normal(0), HostDeviation = 0.05, HostCorrelation = 0.7 };
        double[][] paths = LaunchPaths.Of(model, new RandomStream(7), workloads: 3, launches: 2000);
        Assert.Equal(paths[0], paths[2]);
        Assert.Equal(0.7, Correlation(paths[0]), 0.1);
    }

    [Fact]
    public void Runs_differ_by_the_deviation_given_and_share_the_part_given()
    {
        var model = new NoiseModel { Launch = LaunchShocks.Normal(0), RunDeviation = 0.02, RunShared = 0.5 };
        var random = new RandomStream(11);
        double[][] shifts = [.. Enumerable.Range(0, 20_000).Select(_ => LaunchPaths.RunShift(model, random, 2))];
        Assert.Equal(0.02, Deviation([.. shifts.Select(shift => shift[0])]), 0.001);
        // The variance of a difference lacks the shared part on both sides.
        Assert.Equal(0.02, Deviation([.. shifts.Select(shift => shift[0] - shift[1])]), 0.001);
    }

    [Fact]
    public void A_linear_drift_stays_within_its_size_and_a_walk_spreads_with_the_root_of_time()
    {
        var random = new RandomStream(13);
        Assert.All(Enumerable.Range(0, 200).Select(_ => new Drift(0.2, 0).Path(random, 40)), path => Assert.InRange(path[^1], -0.2, 0.2));
        double[] ends = [.. Enumerable.Range(0, 5000).Select(_ => new Drift(0, 0.01).Path(random, 100)[^1])];
        Assert.Equal(0.1, Deviation(ends), 0.005);
    }
}
