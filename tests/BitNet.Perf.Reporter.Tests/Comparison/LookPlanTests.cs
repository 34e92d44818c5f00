using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class LookPlanTests
{
    private static int[] Pairs(LookPlan plan) => [.. plan.Looks.Select(look => look.Launches)];

    [Theory]
    [InlineData(10, 10)]
    [InlineData(50, 13)]
    [InlineData(200, 15)]
    public void A_single_look_at_one_percent_needs_at_least_so_many_pairs(int workloads, int pairs) =>
        Assert.Equal(pairs, LookPlan.LeastPairs(workloads, 0.01));

    [Fact]
    public void Fewer_pairs_are_refused_with_the_number_needed()
    {
        var e = Assert.Throws<ComparisonInputException>(() => LookPlan.Of(12, 50, 0.01));
        Assert.Equal(ComparisonInputFault.TooFewPairs, e.Fault);
        Assert.Contains("at least 13", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            foreach (int workloads in new[] { 1, 8, 50, 200 })
                foreach (int pairs in new[] { 16, 20, 40, 100 }) shapes.Add(workloads, pairs);
            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Looks_ascend_beyond_the_pairs_asked_for_share_all_of_alpha_and_each_can_reject(int workloads, int pairs)
    {
        LookPlan plan = LookPlan.Of(pairs, workloads, 0.01);
        Assert.Contains(pairs, Pairs(plan));
        Assert.Equal(plan.Looks.Count == 1 ? pairs : (int)Math.Ceiling(1.5 * pairs), Pairs(plan)[^1]);
        Assert.Equal(Pairs(plan).Order().Distinct(), Pairs(plan));
        Assert.Equal(0.01, Enumerable.Range(0, plan.Looks.Count).Sum(plan.ShareOf), 1e-15);
        for (int look = 0; look < plan.Looks.Count; look++)
            Assert.True(Math.Pow(0.5, plan.Looks[look].Launches) <= plan.LevelOf(look) * (1 + 1e-9));
        // One pair fewer could not reject anything at the first look, where that is not the one asked for.
        if (plan.Looks[0].Launches < pairs) Assert.True(Math.Pow(0.5, plan.Looks[0].Launches - 1) > plan.LevelOf(0));
    }

    [Fact]
    public void The_default_of_20_pairs_has_two_looks_before_for_8_workloads_one_for_50_and_measures_on_to_30()
    {
        Assert.Equal([13, 17, 20, 30], Pairs(LookPlan.Of(20, 8, 0.01)));
        Assert.Equal([15, 20, 30], Pairs(LookPlan.Of(20, 50, 0.01)));
    }

    [Fact]
    public void Pairs_that_only_the_whole_of_alpha_lets_reject_are_looked_at_once() => Assert.Equal([10], Pairs(LookPlan.Of(10, 10, 0.01)));

    [Fact]
    public void So_many_pairs_reach_so_many_looks()
    {
        LookPlan plan = LookPlan.Of(20, 8, 0.01);
        Assert.Equal([0, 1, 1, 2, 3, 4], new[] { 12, 13, 16, 17, 29, 30 }.Select(plan.Reached));
    }
}
