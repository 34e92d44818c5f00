using System.Diagnostics;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Fixes everything that must not change once the first launch has been seen: workloads, operations, pairs, looks, order.</summary>
internal sealed class InterleavedPlanning(InterleavedOptions options, IContestantsPlanning contestants, IPairedJudge judge)
{
    public async Task<InterleavedPlan> PlanAsync(DateTimeOffset started, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var seed = options.Measuring.Seed ?? Random.Shared.NextInt64(1, int.MaxValue);
        var planned = await contestants.PlanAsync(started, seed, Known, cancellationToken);
        var left = options.Budget - clock.Elapsed;
        var decision = PairsDecision.Of(options.Pairs, left, planned.Block, planned.FamilySize, judge);
        var looks = judge.Looks(decision.Pairs, planned.FamilySize);
        return new InterleavedPlan
        {
            Schema = InterleavedPlan.CurrentSchema,
            Run = RunName.Create(started),
            StartedUtc = started,
            Pairs = looks[^1].Launches,
            PairsOfBudget = decision.OfBudget,
            Looks = looks,
            FamilySize = planned.FamilySize,
            FamilyErrorRate = judge.FamilyErrorRate,
            Seed = seed,
            BaseFirst = BlockOrder.Of(looks[^1].Launches, seed),
            BudgetSeconds = left?.TotalSeconds,
            BlockSeconds = planned.Block.TotalSeconds,
            Only = planned.Only,
            Builds = planned.Builds?.Select(build => build with { Plan = build.Plan with { Launches = looks[^1].Launches } }),
            Commands = planned.Commands,
        };
    }

    private void Known(int familySize, IReadOnlyCollection<string> workloads)
    {
        judge.Require(workloads);
        PairsDecision.Require(options.Pairs, familySize, judge);
    }
}
