using System.Globalization;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

/// <summary>Commands of the shell as both sides.</summary>
public sealed class CommandContestTests : IDisposable
{
    private const string Header = "workload,launch,iteration,value,unit", Control = "probe/control/t1,0,0,50,ns";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Prints(params string[] lines) => $"printf '%s\\n' {string.Join(' ', lines.Prepend(Header).Select(line => $"'{line}'"))}";

    /// <summary>Counts its calls in a file, and does something else in one of them.</summary>
    private string Except(int call, string instead, string command)
    {
        var count = _folder[$"calls{Guid.NewGuid():N}"];
        return $"echo >> {count}; if [ $(wc -l < {count}) -eq {call + 1} ]; then {instead}; else {command}; fi";
    }

    private async Task<InterleavedOutcome> RunAsync(string before, string after, IReadOnlyList<string>? filters = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a POSIX shell");
        var environment = Plans.Environment(_folder["cache"], new FakeWorker());
        var token = TestContext.Current.CancellationToken;
        var options = new InterleavedOptions { Pairs = 6, Folder = _folder["ab"], Measuring = new RunOptions { Seed = 5, Filters = filters ?? [] } };
        var run = await InterleavedRun.PrepareAsync(options, new CommandContestants(new Sides<string>(before, after), environment), environment, new FakeJudge(), NoInterleavedProgress.Instance, token);
        return await run.FinishAsync(token);
    }

    [Fact]
    public async Task What_both_print_becomes_imported_receipts_of_the_same_blocks()
    {
        var outcome = await RunAsync(Prints("sort,0,0,2,us", "sort,0,1,2.5,us", Control), Prints("sort,0,0,3,us", "sort,0,1,3,us", Control));
        Assert.Equal((InterleavedEnd.AllPairs, 1), (outcome.End, outcome.Plan.FamilySize));
        foreach (var (_, receipt) in outcome.Receipts.Named)
        {
            Assert.Equal((ReceiptOrigin.Imported, RunStatus.Complete, 6), (receipt.Origin, receipt.Status, receipt.Launches.Count));
            Assert.Empty(ReceiptVerification.Verify(ReceiptFile.Read(outcome.Journal.Sides.Named[receipt.Interleaving!.Side == InterleavedSide.Base ? 0 : 1].Value.ReceiptPath)));
            Assert.DoesNotContain(receipt.Warnings, w => w.Code == "no-host-check");
        }
        Assert.All(outcome.Receipts.Base.Workloads.Single(w => w.Id == "sort").Launches, l => Assert.Equal([2000, 2500], l.Values));
    }

    [Fact]
    public async Task A_call_that_fails_is_a_lost_launch_with_its_last_line()
    {
        var outcome = await RunAsync(Prints("sort,0,0,2,us"), Except(4, "echo began >&2; echo 'no more room' >&2; exit 3", Prints("sort,0,0,2,us")));
        Assert.Equal((LaunchOutcome.Crashed, "exit code 3: no more room"), (outcome.Receipts.Head.Launches[3].Outcome, outcome.Receipts.Head.Launches[3].Failure));
        Assert.Equal([1, 2, 3, 5, 6], outcome.Receipts.Head.Workloads[0].Launches.Select(l => l.Launch));
        Assert.All(outcome.Receipts.Named, side => Assert.Empty(ReceiptVerification.Verify(side.Value)));
    }

    [Fact]
    public async Task A_call_that_lacks_a_workload_is_a_lost_launch_too()
    {
        var outcome = await RunAsync(Prints("sort,0,0,2,us", "search,0,0,1,us"), Except(2, Prints("sort,0,0,2,us"), Prints("sort,0,0,2,us", "search,0,0,1,us")));
        Assert.Equal("printed no sample of search", outcome.Receipts.Head.Launches[1].Failure);
    }

    [Theory]
    [InlineData("the head command, call 3: line 2: value \"fast\"", "sort,0,0,fast,us")]
    [InlineData("the head command, call 3: samples of 2 launches; expected one launch a call", "sort,0,0,1,us", "sort,1,0,1,us")]
    [InlineData("the head command, call 3: sort in B; expected ns, as in the first call", "sort,0,0,1,B")]
    public async Task What_is_no_CSV_of_one_launch_names_side_and_call(string message, params string[] lines)
    {
        var e = await Assert.ThrowsAsync<ReceiptException>(() => RunAsync(Prints("sort,0,0,2,us"), Except(3, Prints(lines), Prints("sort,0,0,2,us"))));
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_call_that_fails_ends_it()
    {
        var e = await Assert.ThrowsAsync<CommandFailedException>(() => RunAsync(Prints("sort,0,0,2,us"), "echo 'not built' >&2; exit 1"));
        Assert.Equal("the head command failed in its first call: exit code 1: not built", e.Message);
        Assert.False(Directory.Exists(_folder["ab"]));
    }

    [Fact]
    public async Task Without_probes_both_receipts_warn_that_a_change_of_the_host_goes_unseen()
    {
        var outcome = await RunAsync(Prints("sort,0,0,2,us"), Prints("sort,0,0,2,us"));
        Assert.All(outcome.Receipts.Named, side => Assert.Contains(side.Value.Warnings, w => w.Code == "no-host-check"));
    }

    [Fact]
    public async Task Only_what_both_print_and_the_filters_cover_is_compared()
    {
        var outcome = await RunAsync(
            Prints("sort/a,0,0,2,us", "sort/b,0,0,2,us", "search,0,0,2,us"), Prints("sort/a,0,0,2,us", "sort/c,0,0,2,us", "search,0,0,2,us"), ["sort/*"]);
        Assert.Equal(["sort/a"], outcome.Receipts.Base.Workloads.Select(w => w.Id));
        Assert.Equal(("sort/b", "sort/c"), (Assert.Single(outcome.Plan.Only.Base), Assert.Single(outcome.Plan.Only.Head)));
    }

    [Theory]
    [InlineData("{0} --csv")]
    [InlineData("  '{0}' --csv")]
    [InlineData("{0}; true")]
    public async Task A_run_does_not_go_on_with_another_program_under_the_same_name(string line)
    {
        var (program, gone) = (_folder["bench"], _folder["bench.before"]);
        Write(program, "2");
        var outcome = await RunAsync(string.Format(CultureInfo.InvariantCulture, line, program), Prints("sort,0,0,2,us"));
        await ReopenAsync(outcome);

        File.Move(program, gone);
        Assert.EndsWith("here it is unknown", (await Assert.ThrowsAsync<RunRefusedException>(() => ReopenAsync(outcome))).Message, StringComparison.Ordinal);
        Write(program, "3");
        Assert.StartsWith("the interrupted run cannot go on: its base command's program was ", (await Assert.ThrowsAsync<RunRefusedException>(() => ReopenAsync(outcome))).Message, StringComparison.Ordinal);
        File.Move(gone, program, overwrite: true);
        await ReopenAsync(outcome);

        void Write(string path, string microseconds)
        {
            File.WriteAllText(path, $"#!/bin/sh\n{Prints($"sort,0,0,{microseconds},us")}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private Task<InterleavedRun> ReopenAsync(InterleavedOutcome outcome)
    {
        var environment = Plans.Environment(_folder["cache"], new FakeWorker());
        return InterleavedRun.ReopenAsync(outcome.Journal.Folder, plan => new CommandContestants(plan.Commands!.Select(command => command.Line), environment), environment,
            new FakeJudge(), NoInterleavedProgress.Instance, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Commands_without_a_workload_in_common_are_refused()
    {
        var e = await Assert.ThrowsAsync<BuildRefusedException>(() => RunAsync(Prints("sort,0,0,2,us"), Prints("sort,0,0,2,B")));
        Assert.Equal("no workload to compare: base prints 1, head 1, and none is in both with the same unit", e.Message);
    }
}
