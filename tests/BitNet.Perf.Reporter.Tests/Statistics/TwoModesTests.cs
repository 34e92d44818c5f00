using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class TwoModesTests
{
    // The constants of CriticalShare stand for simulated 1 % quantiles; here they are simulated again.
    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(100)]
    public void About_one_in_a_hundred_normal_samples_is_called_bimodal(int n)
    {
        var noise = new Noise(29 + n);
        const int Trials = 4000;
        int found = Enumerable.Range(0, Trials).Count(_ => TwoModes.Find(noise.Normals(n)) is not null);
        Assert.InRange(found, Trials / 400, Trials / 50);
    }

    [Fact]
    public void Two_modes_six_deviations_apart_are_found_with_their_share_and_distance()
    {
        var noise = new Noise(31);
        const int Trials = 300;
        int found = 0;
        for (int i = 0; i < Trials; i++)
        {
            double[] x = [.. noise.Normals(12), .. noise.Normals(6).Select(z => z + 6)];
            if (TwoModes.Find(x) is not { } modes) continue;
            found++;
            Assert.InRange(modes.UpperShare, 0.2, 0.5);
            Assert.InRange(modes.Separation, 4.5, 7.5);
        }
        Assert.True(found >= Trials * 9 / 10, $"{found} of {Trials}");
    }

    [Fact]
    public void A_single_outlier_is_no_mode_and_few_or_equal_values_have_none()
    {
        double[] outlier = [1, 1.01, 1.02, 0.99, 1, 1.015, 0.985, 1.005, 1.012, 5];
        Assert.Null(TwoModes.Find(outlier));
        Assert.Null(TwoModes.Find([1, 1, 1, 9, 9, 9, 9]));
        Assert.Null(TwoModes.Find(Enumerable.Repeat(3.0, 20)));
    }

    [Fact]
    public void Shift_and_scale_change_nothing()
    {
        double[] x = [1, 1.1, 0.9, 1.05, 5, 5.1, 4.9, 5.05, 0.95, 1.02];
        TwoModes modes = TwoModes.Find(x)!, moved = TwoModes.Find(x.Select(v => 10 + 3 * v))!;
        Assert.Equal(modes.UpperShare, moved.UpperShare);
        Assert.Equal(3 * modes.Separation, moved.Separation, 1e-9);
        Assert.Equal(10 + 3 * modes.Boundary, moved.Boundary, 1e-9);
    }

    // Oracle: a lady tasting tea, 3 of 4 against 1 of 4: p = 34/70.
    [Fact]
    public void Fishers_test_of_his_own_example() => Assert.Equal(34.0 / 70, FisherExact.TwoSided(3, 4, 1, 4), 1e-12);

    [Fact]
    public void Fishers_test_does_not_depend_on_the_order_of_sides_or_outcomes()
    {
        double p = FisherExact.TwoSided(2, 10, 9, 12);
        Assert.Equal(p, FisherExact.TwoSided(9, 12, 2, 10), 1e-12);
        Assert.Equal(p, FisherExact.TwoSided(8, 10, 3, 12), 1e-12);
        Assert.InRange(p, 0.005, 0.03);
    }
}
