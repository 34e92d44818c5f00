using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

public class InterleavedRunTests
{
    [Fact]
    public async Task Each_block_measures_both_builds_once_in_the_declared_order()
    {
        using var contest = new Contest();
        var outcome = await contest.RunAsync();
        Assert.Equal(InterleavedEnd.AllPairs, outcome.End);
        var expected = outcome.Plan.BaseFirst.SelectMany((baseFirst, i) => new[] { (baseFirst ? "base" : "head", i + 1), (baseFirst ? "head" : "base", i + 1) });
        Assert.Equal(expected, contest.Made);
        Assert.Equal(BlockOrder.Of(6, 5), outcome.Plan.BaseFirst);
    }

    [Fact]
    public async Task Within_a_block_both_measure_in_the_same_order_and_in_another_block_in_another()
    {
        using var contest = new Contest();
        await contest.RunAsync();
        var (ofBase, ofHead) = (Orders(contest.Base), Orders(contest.Head));
        Assert.Equal(ofBase, ofHead);
        Assert.True(ofBase.Distinct().Count() > 1);
        Assert.All(Contest.Measured(contest.Base).Concat(Contest.Measured(contest.Head)), plan => Assert.Equal(Contest.Measured(contest.Base)[0].Affinity, plan.Affinity));

        static List<string> Orders(FakeWorker worker) => [.. Contest.Measured(worker).OrderBy(plan => plan.Launch).Select(plan => string.Join(' ', plan.Workloads.Select(w => w.Id)))];
    }

    [Fact]
    public async Task Operations_are_counted_once_by_base_and_hold_for_both()
    {
        using var contest = new Contest { Head = new FakeWorker { Lists = Contest.Both, Operations = 9 } };
        await contest.RunAsync();
        Assert.All(Contest.Measured(contest.Base).Concat(Contest.Measured(contest.Head)), plan => Assert.All(plan.Workloads, w => Assert.Equal(7, w.Operations)));
        Assert.Single(contest.Head.Plans, plan => plan.Task == WorkerTask.Calibrate);
    }

    [Fact]
    public async Task Both_receipts_verify_and_say_how_they_were_interleaved()
    {
        using var contest = new Contest();
        var outcome = await contest.RunAsync();
        var read = outcome.Journal.Sides.Select(side => ReceiptFile.Read(side.ReceiptPath));
        foreach (var (_, receipt) in read.Named)
        {
            Assert.Empty(ReceiptVerification.Verify(receipt));
            Assert.Equal(RunStatus.Complete, receipt.Status);
            Assert.Equal(outcome.Plan.BaseFirst, receipt.Interleaving!.BaseFirst);
            Assert.Equal([2, 4, 6], receipt.Interleaving.Looks.Select(look => look.Launches));
            Assert.Equal((2, 0.01), (receipt.Interleaving.FamilySize, receipt.Interleaving.FamilyErrorRate));
        }
        Assert.Equal((InterleavedSide.Base, read.Head.Run), (read.Base.Interleaving!.Side, read.Base.Interleaving.Partner));
        Assert.Equal((InterleavedSide.Head, read.Base.Run), (read.Head.Interleaving!.Side, read.Head.Interleaving.Partner));
        Assert.All(outcome.Journal.Sides.Named, side => Assert.True(File.Exists(side.Value.SamplesPath)));
    }

    [Fact]
    public async Task Control_kernel_and_read_probe_are_measured_in_every_launch_and_judged_in_none()
    {
        using var contest = new Contest { Base = new FakeWorker { Lists = [.. Contest.Both, Contest.Listed("probe/mac/t1", "mac/1", "GMAC/s")] } };
        var outcome = await contest.RunAsync();
        Assert.All(Contest.Measured(contest.Head), plan => Assert.Equal(["probe/control/t1", "probe/read/t1"], plan.Workloads.Select(w => w.Id).Where(id => id.StartsWith("probe/", StringComparison.Ordinal)).Order()));
        Assert.Equal(2, outcome.Plan.FamilySize);
    }

    [Fact]
    public async Task The_judge_is_told_of_all_workloads_once_when_it_is_planned_and_again_when_it_goes_on()
    {
        using var contest = new Contest { Head = new FakeWorker { Lists = [.. Contest.Both, Contest.Listed("kernel/new/f32/scalar/256/b1/hot/t1")] } };
        await contest.RunAsync();
        string[] expected = [.. Contest.Both.Select(w => w.Id), "kernel/new/f32/scalar/256/b1/hot/t1"];
        Assert.Equal(expected.Order(), Assert.Single(contest.Judge.Told).Order());
        using var resumed = new Contest { Head = contest.Head };
        await resumed.ResumeAsync(contest);
        Assert.Equal(expected.Order(), Assert.Single(resumed.Judge.Told).Order());
    }

    [Fact]
    public async Task A_lost_launch_stays_recorded_on_its_side_and_the_run_goes_on()
    {
        using var contest = new Contest { Head = new FakeWorker { Lists = Contest.Both, Ends = p => p.Launch == 3 ? new WorkerEnd(false, "the worker ended with exit code 139", null, null) : null } };
        var outcome = await contest.RunAsync();
        Assert.Equal(InterleavedEnd.AllPairs, outcome.End);
        Assert.Equal([1, 2, 3, 4, 5, 6], outcome.Receipts.Base.Launches.Select(l => l.Index));
        Assert.Equal(LaunchOutcome.Crashed, outcome.Receipts.Head.Launches[2].Outcome);
        Assert.All(outcome.Receipts.Head.Workloads, w => Assert.Equal([1, 2, 4, 5, 6], w.Launches.Select(l => l.Launch)));
        Assert.All(outcome.Receipts.Named, side => Assert.Empty(ReceiptVerification.Verify(side.Value)));
    }

    [Fact]
    public async Task When_the_pairs_left_can_show_nothing_it_stops()
    {
        using var contest = new Contest
        {
            Judge = new FakeJudge { Least = 3 },
            Base = new FakeWorker { Lists = Contest.Both, Ends = p => p.Task == WorkerTask.Measure && p.Launch > 1 ? new WorkerEnd(false, "gone", null, null) : null },
        };
        var outcome = await contest.RunAsync();
        // A third of the error rate is left to each look: three pairs, enough for a single look, are five there. One of six may be lost, not two.
        Assert.Equal((InterleavedEnd.LaunchesLost, 3), (outcome.End, outcome.Receipts.Base.Launches.Count));
    }

    [Fact]
    public async Task It_ends_at_a_declared_look_that_decides_everything_and_is_asked_at_no_other_time()
    {
        using var contest = new Contest { Judge = new FakeJudge { Decides = blocks => blocks >= 3 } };
        var outcome = await contest.RunAsync();
        Assert.Equal(InterleavedEnd.Decided, outcome.End);
        Assert.Equal([2, 4], contest.Judge.Asked);
        Assert.Equal(4, outcome.Receipts.Head.Launches.Count);
        Assert.Equal([2, 4, 6], outcome.Receipts.Head.Interleaving!.Looks.Select(look => look.Launches));
        Assert.All(outcome.Receipts.Named, side => Assert.Equal(RunStatus.Complete, side.Value.Status));
        Assert.All(outcome.Receipts.Named, side => Assert.Empty(ReceiptVerification.Verify(side.Value)));
    }
}
