namespace BitNet.Perf.Cli.Tests;

public class FailureMappingTests
{
    public static TheoryData<Exception, ExitCode, string> Failures => new()
    {
        { CommandFailure.Usage("--tokens is empty"), ExitCode.Usage, "--tokens is empty" },
        { CommandFailure.BadInput("a.gguf: no magic\n at 0"), ExitCode.BadInput, "a.gguf: no magic at 0" },
        { new CommandFailure(ExitCode.WrongResult, "golden differs"), ExitCode.WrongResult, "golden differs" },
        { new FileNotFoundException("no file a.gguf"), ExitCode.BadInput, "no file a.gguf" },
        { new DirectoryNotFoundException("no folder b"), ExitCode.BadInput, "no folder b" },
        { new IOException("No space left on device"), ExitCode.StoreFailed, "No space left on device" },
        { new UnauthorizedAccessException("read-only"), ExitCode.StoreFailed, "read-only" },
        { new OperationCanceledException(), ExitCode.Interrupted, "interrupted" },
        { new AggregateException(new IOException("disk gone")), ExitCode.StoreFailed, "disk gone" },
        { new InvalidOperationException("impossible"), ExitCode.Defect, "defect: InvalidOperationException: impossible" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_failure_is_one_line_and_its_exit_code(Exception exception, ExitCode code, string line)
    {
        PerfCommand failing = new PerfCommand("fail", "Fails.", "bitnet-perf fail").Does(Throw);
        CommandRun run = await CommandRun.With([failing], ["fail"]);
        Assert.Equal(code, run.Code);
        Assert.StartsWith($"bitnet-perf fail: {line}", run.ErrorLine);
        Assert.Equal("", run.Output);

        ExitCode Throw(CommandContext context) => throw exception;
    }

    [Fact]
    public async Task A_cancelled_command_is_130()
    {
        PerfCommand waiting = new PerfCommand("wait", "Waits.", "bitnet-perf wait").Does(async context =>
        {
            await Task.Delay(Timeout.Infinite, context.Cancellation);
            return ExitCode.Done;
        });
        using var cancellation = new CancellationTokenSource();
        Task<CommandRun> running = CommandRun.Until(cancellation.Token, [waiting], ["wait"]);
        cancellation.Cancel();
        CommandRun run = await running;
        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Equal("bitnet-perf wait: interrupted", run.ErrorLine);
    }
}
