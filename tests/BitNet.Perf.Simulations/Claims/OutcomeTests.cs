using BitNet.Perf.Reporter.Statistics;
using BitNet.Perf.Simulations.Suites;

namespace BitNet.Perf.Simulations.Claims;

/// <summary>How outcomes are counted, bounded and written.</summary>
public class OutcomeTests
{
    // 0 of 24 bounds a rate by 1 − 0.05^(1/24).
    [Theory]
    [InlineData(0, 24, 0.117346)]
    [InlineData(0, 20_000, 0.000149775)]
    [InlineData(20, 20, 1)]
    public void The_upper_limit_is_that_of_clopper_and_pearson(int hits, int trials, double expected) =>
        Assert.Equal(expected, BinomialLimit.Upper(hits, trials, 0.95), 1e-6);

    // The definition: at the limit, so few hits have a chance of 5 %. Added up term by term.
    [Theory]
    [InlineData(3, 50)]
    [InlineData(12, 100)]
    public void At_the_upper_limit_so_few_hits_have_the_chance_left_over(int hits, int trials)
    {
        double rate = BinomialLimit.Upper(hits, trials, 0.95), term = Math.Pow(1 - rate, trials), sum = term;
        for (int k = 1; k <= hits; k++) sum += term *= rate / (1 - rate) * (trials - k + 1) / k;
        Assert.Equal(0.05, sum, 1e-9);
        Assert.Equal(1 - rate, BinomialLimit.Lower(trials - hits, trials, 0.95), 1e-12);
    }

    [Fact]
    public void False_alarms_that_only_the_threshold_hides_break_the_bound_too()
    {
        var scenario = new Scenario("x", Counted.FalseAlarms, 0.01, Scenarios.All[0].Suite);
        Assert.True(scenario.Holds(new SuiteTally(1000, 10, 10, 0, 0, 1000)));
        Assert.False(scenario.Holds(new SuiteTally(1000, 0, 11, 0, 0, 1000)));
        Assert.False(scenario.Holds(new SuiteTally(1000, 11, 11, 0, 0, 1000)));
    }

    [Fact]
    public void A_line_of_csv_has_as_many_cells_as_its_head()
    {
        var tally = new SuiteTally(200, 1, 2, 190, 150, 300);
        string line = OutcomeTable.Line(TableForm.Csv, Scenarios.All[0], tally, TimeSpan.FromSeconds(1.5));
        Assert.Equal(OutcomeTable.Head(TableForm.Csv).Split(',').Length, line.Split(',').Length);
        Assert.StartsWith($"{Scenarios.All[0].Name},200,1 (0.50 %),", line, StringComparison.Ordinal);
        Assert.EndsWith(",1.5\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_are_not_understood_are_refused_with_the_usage()
    {
        Assert.Equal(300, SimulationArguments.Parse(["--suites", "300", "--scenario", "ab/*/normal"]).Arguments!.Suites);
        foreach (string[] words in new string[][] { ["--suites", "-3"], ["--suites"], ["--scenrio", "x"] })
        {
            (SimulationArguments? arguments, string? fault) = SimulationArguments.Parse(words);
            Assert.Null(arguments);
            Assert.Contains(SimulationArguments.Usage, fault, StringComparison.Ordinal);
        }
    }
}
