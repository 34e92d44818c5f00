using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

/// <summary>The quick suite: 20 workloads, one run of 3 launches on each side.</summary>
public class QuickSuiteTests
{
    private const int Workloads = 20;

    private static SyntheticRun Quick(string name, double deviation, Noise noise, double firstFactor = 1)
    {
        var run = new SyntheticRun(name) { Suite = "quick" };
        for (int i = 0; i < Workloads; i++)
        {
            double middle = (100 + 37 * i) * (i == 0 ? firstFactor : 1);
            run.With($"kernel/gemv/i2s/avx512/{(i + 1) * 128}x2560/b1/cold/t2", [.. noise.Normals(3).Select(z => middle * Math.Exp(deviation * z))]);
        }
        return run.WithProbes(3);
    }

    [Theory]
    [InlineData(0.005)]
    [InlineData(0.02)]
    [InlineData(0.05)]
    public void The_same_build_twice_is_undecided_and_never_regressed(double deviation)
    {
        var noise = new Noise(41);
        for (int trial = 0; trial < 10; trial++)
        {
            ComparisonResult result = Sides.Compare(Quick("a", deviation, noise), Quick("b", deviation, noise));
            Assert.Equal((2, Verdict.Undecided, 0, 0), (result.ExitCode, result.Verdict, result.Counts.Regressed, result.Counts.Improved));
            // With much launch noise one may come out so much lower by chance that "not slower" is proven.
            Assert.InRange(result.Counts.Undecided, Workloads - 2, Workloads);
        }
    }

    // ln 2 = 0.69 against a standard error of about 0.073 at 2 % launch noise: far beyond the critical value of 20 workloads.
    [Theory]
    [InlineData(0.005)]
    [InlineData(0.02)]
    public void A_doubled_time_is_regressed_even_so(double deviation)
    {
        var noise = new Noise(43);
        for (int trial = 0; trial < 10; trial++)
        {
            ComparisonResult result = Sides.Compare(Quick("a", deviation, noise), Quick("b", deviation, noise, firstFactor: 2));
            WorkloadComparison slow = result.Workloads[0];
            Assert.Equal((Verdict.Regressed, 1), (slow.Verdict, result.ExitCode));
            Assert.True(slow.Mde < 1, $"it says it could have seen +{slow.Mde:P0}");
            Assert.All(result.Workloads.Skip(1), row => Assert.Equal(Verdict.Undecided, row.Verdict));
        }
    }

    [Fact]
    public void Five_percent_slower_cannot_be_seen_and_the_detectable_effect_says_so()
    {
        var noise = new Noise(47);
        ComparisonResult result = Sides.Compare(Quick("a", 0.01, noise), Quick("b", 0.01, noise, firstFactor: 1.05));
        WorkloadComparison slow = result.Workloads[0];
        Assert.Equal(Verdict.Undecided, slow.Verdict);
        Assert.True(slow.Mde > 0.25, $"{slow.Mde}");
        Assert.True(slow.Detail!.Mde95 > slow.Mde);
    }
}
