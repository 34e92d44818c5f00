using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

/// <summary>What an interleaved run does not begin with, and what it leaves out.</summary>
public class InterleavedRefusalTests
{
    [Fact]
    public async Task Too_few_pairs_are_refused_with_the_number_needed_before_anything_is_checked()
    {
        using var contest = new Contest { Options = new InterleavedOptions { Pairs = 6 }, Judge = new FakeJudge { Least = 8 } };
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => contest.RunAsync());
        Assert.Equal("6 pairs can never tell 2 workloads apart at 1 %; at least 8 are needed (--pairs 8), or fewer workloads (--filter)", e.Message);
        Assert.All(contest.Base.Plans, plan => Assert.Equal(WorkerTask.List, plan.Task));
    }

    [Fact]
    public async Task A_worker_of_another_protocol_is_refused_by_its_side()
    {
        using var contest = new Contest { Head = new FakeWorker { Ends = _ => new WorkerEnd(false, "the plan has protocol 2, this build speaks 1", FailureKind.Protocol, null) } };
        var e = await Assert.ThrowsAsync<BuildRefusedException>(() => contest.RunAsync());
        Assert.Equal("head: the plan has protocol 2, this build speaks 1", e.Message);
        Assert.Empty(contest.Made);
    }

    [Fact]
    public async Task Builds_that_no_comparison_takes_are_refused_before_anything_is_timed()
    {
        var release = Plans.Build with { Configuration = "Release", Runtime = ".NET 10.0.1" };
        using var debug = Head(release with { Configuration = "Debug" });
        using var newer = Head(release with { Runtime = ".NET 11.0.0" });
        Assert.Equal("incomparable: base is a Release build, head a Debug one", (await Assert.ThrowsAsync<BuildRefusedException>(() => debug.RunAsync())).Message);
        Assert.Equal("incomparable: base runs on .NET 10.0.1, head on .NET 11.0.0", (await Assert.ThrowsAsync<BuildRefusedException>(() => newer.RunAsync())).Message);

        Contest Head(BuildDescription build) => new() { Base = new FakeWorker { Lists = Contest.Both, Build = release }, Head = new FakeWorker { Lists = Contest.Both, Build = build } };
    }

    [Fact]
    public async Task A_worker_that_dies_before_it_lists_anything_fails_the_run()
    {
        using var contest = new Contest { Base = new FakeWorker { Ends = _ => new WorkerEnd(false, "the worker ended with exit code 134", null, null) } };
        var e = await Assert.ThrowsAsync<RunFailedException>(() => contest.RunAsync());
        Assert.Equal("base: the worker ended with exit code 134", e.Message);
    }

    [Fact]
    public async Task Another_output_in_head_is_a_wrong_result_and_nothing_is_timed()
    {
        using var contest = new Contest { Head = new FakeWorker { Lists = Contest.Both, Checked = "cc" } };
        var e = await Assert.ThrowsAsync<WrongResultException>(() => contest.RunAsync());
        Assert.StartsWith($"head computes something else than base: the output digest of {Contest.Norm}, {Contest.Quantize}", e.Message, StringComparison.Ordinal);
        Assert.Empty(contest.Made);
        Assert.False(Directory.Exists(contest.Folder));
    }

    [Fact]
    public async Task A_build_whose_check_fails_is_named_by_its_workload()
    {
        using var contest = new Contest
        {
            Head = new FakeWorker { Lists = Contest.Both, Ends = p => p.Task == WorkerTask.Calibrate ? new WorkerEnd(false, "row 3 is 5; the scalar kernel gives 4", FailureKind.WrongResult, "x") : null },
        };
        var e = await Assert.ThrowsAsync<WrongResultException>(() => contest.RunAsync());
        Assert.Equal("row 3 is 5; the scalar kernel gives 4", e.Message);
    }

    [Fact]
    public async Task What_one_build_lacks_is_not_measured_and_is_named()
    {
        using var contest = new Contest { Head = new FakeWorker { Lists = [.. Contest.Both.Where(w => w.Id != Contest.Norm), Contest.Listed("kernel/rope/f32/scalar/64/b1/hot/t1")] } };
        var outcome = await contest.RunAsync();
        Assert.Equal([Contest.Norm], outcome.Plan.Only.Base);
        Assert.Equal(["kernel/rope/f32/scalar/64/b1/hot/t1"], outcome.Plan.Only.Head);
        Assert.Equal(1, outcome.Plan.FamilySize);
        Assert.DoesNotContain(outcome.Receipts.Base.Workloads, w => w.Id == Contest.Norm);
        Assert.Contains(outcome.Receipts.Base.Warnings, w => (w.Code, w.Subject) == ("not-measured", Contest.Norm));
    }

    [Fact]
    public async Task Builds_without_a_workload_in_common_are_refused()
    {
        using var contest = new Contest { Head = new FakeWorker { Lists = [Contest.Listed("kernel/rope/f32/scalar/64/b1/hot/t1")] } };
        var e = await Assert.ThrowsAsync<BuildRefusedException>(() => contest.RunAsync());
        Assert.Equal("no workload to compare: base has 2 that head lacks, head 1 that base lacks, and none is in both", e.Message);
    }

    [Fact]
    public async Task A_workload_that_is_defined_otherwise_is_not_in_the_family()
    {
        using var contest = new Contest { Head = new FakeWorker { Lists = [Contest.Listed(Contest.Norm, "norm/2"), .. Contest.Both.Skip(1)] } };
        var outcome = await contest.RunAsync();
        Assert.Equal(1, outcome.Plan.FamilySize);
        // Still measured: the comparison shows it, as incomparable.
        Assert.Equal("norm/2", outcome.Receipts.Head.Workloads.Single(w => w.Id == Contest.Norm).Definition);
    }

    [Fact]
    public async Task Filters_that_no_build_has_a_workload_for_are_named()
    {
        using var contest = new Contest { Base = new FakeWorker(), Head = new FakeWorker() };
        var e = await Assert.ThrowsAsync<NoWorkloadsException>(() => contest.RunAsync());
        Assert.EndsWith("in neither build", e.Message, StringComparison.Ordinal);
    }
}
