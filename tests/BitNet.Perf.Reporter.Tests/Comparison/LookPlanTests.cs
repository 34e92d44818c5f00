using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class LookPlanTests
{
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
    public void Looks_ascend_to_the_last_pair_share_all_of_alpha_and_each_can_reject(int workloads, int pairs)
    {
        LookPlan plan = LookPlan.Of(pairs, workloads, 0.01);
        Assert.Equal(pairs, plan.Pairs[^1]);
        Assert.Equal(plan.Pairs.Order().Distinct(), plan.Pairs);
        Assert.Equal(0.01, Enumerable.Range(0, plan.Pairs.Count).Sum(plan.ShareOf), 1e-15);
        for (int look = 0; look < plan.Pairs.Count; look++)
            Assert.True(Math.Pow(0.5, plan.Pairs[look]) <= plan.LevelOf(look) * (1 + 1e-9));
        // One pair fewer could not reject anything at the first look.
        if (plan.Pairs.Count > 1) Assert.True(Math.Pow(0.5, plan.Pairs[0] - 1) > plan.LevelOf(0));
    }

    [Fact]
    public void The_default_of_20_pairs_has_three_looks_for_8_workloads_and_two_for_50()
    {
        Assert.Equal([12, 16, 20], LookPlan.Of(20, 8, 0.01).Pairs);
        Assert.Equal([14, 20], LookPlan.Of(20, 50, 0.01).Pairs);
    }

    [Fact]
    public void So_many_pairs_reach_so_many_looks()
    {
        LookPlan plan = LookPlan.Of(20, 8, 0.01);
        Assert.Equal([0, 1, 1, 2, 3], new[] { 11, 12, 15, 16, 20 }.Select(plan.Reached));
    }
}
