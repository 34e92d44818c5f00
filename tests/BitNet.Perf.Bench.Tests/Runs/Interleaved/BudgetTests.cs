using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

public class BudgetTests
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(1000, 20, false)] // more than enough
    [InlineData(180, 16, true)] // a tenth stays free: 162 s
    [InlineData(135, 12, true)]
    public void As_many_pairs_are_declared_as_are_predicted_to_fit(double seconds, int pairs, bool ofBudget) =>
        Assert.Equal(new PairsDecision(pairs, ofBudget), PairsDecision.Of(20, TimeSpan.FromSeconds(seconds), Block, 2, new FakeJudge { Least = 12 }));

    [Fact]
    public void Without_a_budget_it_is_the_number_asked_for() => Assert.Equal(new PairsDecision(20, false), PairsDecision.Of(20, null, Block, 2, new FakeJudge()));

    [Fact]
    public void A_budget_for_too_few_is_refused_with_what_would_be_needed()
    {
        var e = Assert.Throws<RunRefusedException>(() => PairsDecision.Of(20, TimeSpan.FromSeconds(90), Block, 2, new FakeJudge { Least = 12 }));
        // 12 blocks of 10 s in nine tenths of 133 s; 90 s are there.
        Assert.Equal("the budget leaves time for 8 pairs of 10 s; 2 workloads need at least 12: 1 min more, or fewer workloads (--filter)", e.Message);
    }

    [Theory]
    [InlineData(1, 10, InterleavedEnd.Budget, 2)] // the first look is reached although it takes twice the budget
    [InlineData(2, 63, InterleavedEnd.Budget, 2)] // the pairs asked for would end after 80 s
    [InlineData(2, 65, InterleavedEnd.AllPairs, 6)] // within a quarter over
    [InlineData(4, 119, InterleavedEnd.Budget, 4)] // what is undecided then would be measured on to 120 s: no quarter over
    [InlineData(4, 121, InterleavedEnd.AllPairs, 6)]
    public async Task It_goes_on_only_where_the_next_look_fits_at_the_pace_so_far(int measured, double budget, InterleavedEnd end, int blocks)
    {
        using var contest = new Contest { Options = new InterleavedOptions { Pairs = 6, Budget = TimeSpan.FromMinutes(10) } };
        var begun = await contest.RunAsync();
        Assert.InRange(begun.Plan.BudgetSeconds!.Value, 1, 600);
        // As if it had been interrupted after some blocks of 20 s. Looks are after 2 pairs, after the 4 asked for, and after 6; the workers here take no time.
        begun.Journal.Write(begun.Plan with { BudgetSeconds = budget });
        foreach (var (name, side) in begun.Journal.Sides.Named)
        {
            var launches = side.ReadLaunches(begun.Receipts.Named.Single(r => r.Name == name).Value.Run);
            Directory.Delete(Path.Combine(side.Folder, "launches"), recursive: true);
            foreach (var launch in launches.Take(measured))
                side.Write(launch with { Record = launch.Record with { WallSeconds = 10 } });
        }
        using var resumed = new Contest();
        var outcome = await resumed.ResumeAsync(contest);
        Assert.Equal((end, blocks), (outcome.End, outcome.Receipts.Base.Launches.Count));
    }
}
