using System.Diagnostics;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Tests.Runs;

public class WorkerProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static Task<WorkerEnd> RunAsync(string behaviour, TimeSpan? timeout = null, Action<WorkerMessage>? report = null, CancellationToken cancellationToken = default)
    {
        var self = WorkerCommand.OfThisProgram();
        var worker = new WorkerProcess(self with { Arguments = [.. self.Arguments.SkipLast(1), StrangeWorker.Command, behaviour] }, BuildProbe.CurrentEnvironment());
        return worker.RunAsync(Plans.Empty, timeout ?? Patience, report ?? (_ => { }), cancellationToken);
    }

    [Fact]
    public async Task A_worker_that_dies_is_reported_with_exit_code_and_last_words()
    {
        var end = await RunAsync("dies-at-once", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("the worker ended with exit code 9: out of luck", end.Failure);
        Assert.False(end.TimedOut);
    }

    [Fact]
    public async Task What_a_worker_said_before_it_died_has_been_reported()
    {
        var said = new List<WorkerMessage>();
        var end = await RunAsync("dies-half-way", report: said.Add, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("the worker ended with exit code 11: gone", end.Failure);
        Assert.Equal([typeof(HelloMessage), typeof(StartedMessage)], said.Select(m => m.GetType()));
    }

    [Fact]
    public async Task A_worker_that_hangs_is_stopped_at_the_timeout()
    {
        var end = await RunAsync("hangs", TimeSpan.FromSeconds(3), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(end.TimedOut);
        Assert.Equal("gave no result within 3 s", end.Failure);
    }

    [Fact]
    public async Task A_worker_that_does_not_speak_the_protocol_is_stopped_and_quoted()
    {
        var end = await RunAsync("babbles", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.Protocol, end.Kind);
        Assert.Equal("the worker wrote \"Hello, I am not JSON\"; expected a message of protocol 2", end.Failure);
    }

    [Fact]
    public async Task A_worker_of_another_build_is_refused()
    {
        var end = await RunAsync("rebuilt", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.Protocol, end.Kind);
        Assert.StartsWith("the worker is build another, the run's is ", end.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("old", "the worker speaks protocol 0, this build 2")]
    [InlineData("reports-before-hello", "the worker reported before it said hello")]
    public async Task A_worker_of_another_version_is_refused(string behaviour, string failure)
    {
        var end = await RunAsync(behaviour, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.Protocol, end.Kind);
        Assert.Equal(failure, end.Failure);
    }

    [Fact]
    public async Task Ending_well_without_saying_so_is_a_failure()
    {
        var end = await RunAsync("leaves-silently", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("the worker ended with exit code 0", end.Failure);
    }

    [Fact]
    public async Task Cancelling_ends_the_process()
    {
        using var cancel = new CancellationTokenSource();
        var process = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            "hangs",
            report: message =>
            {
                process = int.Parse(((HelloMessage)message).Version, System.Globalization.CultureInfo.InvariantCulture);
                cancel.Cancel();
            },
            cancellationToken: cancel.Token));
        Assert.NotEqual(0, process);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
    }

    [Fact]
    public void A_program_run_by_the_dotnet_host_starts_its_own_assembly_again()
    {
        var command = WorkerCommand.OfThisProgram();
        Assert.Equal(WorkerProtocol.Command, command.Arguments[^1]);
        Assert.True(File.Exists(command.File));
        Assert.All(command.Arguments.SkipLast(1), path => Assert.True(File.Exists(path)));
    }
}
