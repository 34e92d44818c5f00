using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

public class InterleavedResumeTests
{
    /// <summary>Cancelled in the second launch of a block.</summary>
    private static async Task<(Contest Contest, InterleavedOutcome Outcome)> InterruptedAsync(int block)
    {
        using var cancel = new CancellationTokenSource();
        Contest? contest = null;
        void Begins(WorkerPlan plan)
        {
            if (contest!.Made.Count == 2 * block)
                cancel.Cancel();
        }
        contest = new Contest { Base = new FakeWorker { Lists = Contest.Both, BuildId = "before", Begins = Begins }, Head = new FakeWorker { Lists = Contest.Both, BuildId = "after", Begins = Begins } };
        return (contest, await contest.RunAsync(cancel.Token));
    }

    [Fact]
    public async Task An_interrupted_run_keeps_whole_blocks_only()
    {
        var (contest, outcome) = await InterruptedAsync(3);
        using var _ = contest;
        Assert.Equal(InterleavedEnd.Interrupted, outcome.End);
        foreach (var (_, receipt) in outcome.Receipts.Named)
        {
            Assert.Equal((RunStatus.Incomplete, 2), (receipt.Status, receipt.Launches.Count));
            Assert.Empty(ReceiptVerification.Verify(receipt));
        }
    }

    [Fact]
    public async Task Resuming_makes_the_missing_blocks_in_the_declared_order_and_checks_nothing_again()
    {
        var (begun, interrupted) = await InterruptedAsync(3);
        using var _ = begun;
        using var contest = new Contest { Judge = new FakeJudge { Declared = [1, 3, 5] } };
        var outcome = await contest.ResumeAsync(begun);
        Assert.Equal((InterleavedEnd.AllPairs, 6), (outcome.End, outcome.Receipts.Base.Launches.Count));
        Assert.Equal(interrupted.Plan.BaseFirst.Skip(2).SelectMany((baseFirst, i) => new[] { (baseFirst ? "base" : "head", i + 3), (baseFirst ? "head" : "base", i + 3) }), contest.Made);
        Assert.DoesNotContain(contest.Base.Plans.Concat(contest.Head.Plans), plan => plan.Task == WorkerTask.Calibrate);
        // Looks were declared when it began.
        Assert.Equal([2, 4, 6], outcome.Receipts.Base.Interleaving!.Looks.Select(look => look.Launches));
        Assert.Equal([2, 4], contest.Judge.Asked);
        Assert.Equal(interrupted.Receipts.Base.Run, outcome.Receipts.Base.Run);
        Assert.All(outcome.Receipts.Named, side => Assert.Empty(ReceiptVerification.Verify(side.Value)));
    }

    [Fact]
    public async Task Half_a_block_that_a_killed_program_left_is_made_again()
    {
        var (begun, outcome) = await InterruptedAsync(3);
        using var _ = begun;
        File.Delete(Path.Combine(outcome.Journal.Sides.Head.Folder, "launches", "02.json"));
        using var contest = new Contest();
        Assert.Equal(6, (await contest.ResumeAsync(begun)).Receipts.Base.Launches.Count);
        Assert.Equal([2, 2], contest.Made.Take(2).Select(launch => launch.Block));
    }

    [Fact]
    public async Task A_build_that_was_made_anew_meanwhile_is_refused()
    {
        var (begun, _) = await InterruptedAsync(3);
        using var _ = begun;
        using var contest = new Contest { Head = new FakeWorker { Lists = Contest.Both, BuildId = "rebuilt" } };
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => contest.ResumeAsync(begun));
        Assert.Equal("the interrupted run cannot go on: its build was after, here it is rebuilt", e.Message);
        Assert.Empty(contest.Made);
    }

    [Fact]
    public async Task Cancelled_before_any_block_was_whole_it_ends_as_cancelled_and_keeps_the_plan()
    {
        using var cancel = new CancellationTokenSource();
        using var contest = new Contest { Base = new FakeWorker { Lists = Contest.Both, Begins = p => { if (p.Launch == 1) cancel.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => contest.RunAsync(cancel.Token));
        Assert.Equal(6, new InterleavedJournal(contest.Folder).ReadPlan().Pairs);
    }

    [Fact]
    public async Task A_folder_without_a_plan_is_refused()
    {
        using var contest = new Contest();
        using var other = new Contest();
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => contest.ResumeAsync(other));
        Assert.EndsWith("no ab.json; expected the folder of an interrupted ab", e.Message, StringComparison.Ordinal);
    }
}
