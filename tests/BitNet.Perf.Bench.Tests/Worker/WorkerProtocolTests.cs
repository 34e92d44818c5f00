using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Worker;

public class WorkerProtocolTests
{
    public static TheoryData<WorkerMessage> Messages() =>
    [
        new HelloMessage(1, "0.1.0", "build", Plans.Build, true),
        new ListedMessage("i2s-scalar", [new ListedWorkload("probe/read/t1", "read/2", "GB/s", null, new WorkPerOperation { Bytes = 8 })]),
        new StartedMessage("probe/read/t1"),
        new CalibratedMessage("probe/read/t1", null, 3, 1.5, 0.25),
        new CalibratedMessage("probe/control/t1", new ResultCheck("sha256:00", "scalar", 8, "detail"), 3, 1.5, 0.25),
        new MeasuredMessage("probe/read/t1", 3, [1.5, 2.25], 0, "sha256:00"),
        new PhasesMessage("e2e/decode/i2s+f16/tg16@ctx0/t2", 16, 100, [new Phase("forward", 100, [new Phase("forward/rope", 100, [])])]),
        new FailedMessage(FailureKind.WrongResult, null, "row 3"),
        new DoneMessage(),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_one_line_that_reads_back_as_it_was(WorkerMessage message)
    {
        var line = WorkerProtocol.Write(message);
        Assert.DoesNotContain('\n', line);
        Assert.Equivalent(message, WorkerProtocol.ReadMessage(line), strict: true);
        Assert.Equal(message.GetType(), WorkerProtocol.ReadMessage(line).GetType());
    }

    [Fact]
    public void A_plan_is_one_line_that_reads_back_as_it_was()
    {
        var plan = Plans.Empty with { Workloads = [new PlannedWorkload("probe/read/t1", 3)], Affinity = [0, 2], PhasesOf = "x", Timing = new WorkerTiming { KernelIterations = 7 } };
        var line = WorkerProtocol.Write(plan);
        Assert.DoesNotContain('\n', line);
        Assert.Equivalent(plan, WorkerProtocol.ReadPlan(line), strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"unheard-of\"}")]
    [InlineData("[1,2]")]
    [InlineData("Unhandled exception.")]
    [InlineData("{\"type\":\"started\"}")]
    public void Anything_else_is_not_a_message(string line)
    {
        var e = Assert.Throws<WorkerProtocolException>(() => WorkerProtocol.ReadMessage(line));
        Assert.EndsWith("expected a message of protocol 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_another_version_is_refused_by_both_numbers()
    {
        var e = Assert.Throws<WorkerProtocolException>(() => WorkerProtocol.ReadPlan("{\"protocol\":1,\"unheard\":1}"));
        Assert.Equal("the plan has protocol 1, this build speaks 2", e.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_plan_the_worker_says_how_it_is_started(string? line)
    {
        var e = Assert.Throws<WorkerProtocolException>(() => WorkerProtocol.ReadPlan(line));
        Assert.Equal("no plan on standard input; this command is started by `bitnet-perf run` and `ab`", e.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"protocol\":\"one\"}")]
    [InlineData("{\"protocol\":2}")]
    public void A_damaged_plan_is_refused_in_one_line(string line)
    {
        var e = Assert.Throws<WorkerProtocolException>(() => WorkerProtocol.ReadPlan(line));
        Assert.StartsWith("the plan on standard input cannot be read: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData(25e6, 1)]
    [InlineData(100e6, 1)]
    [InlineData(1e6, 25)]
    [InlineData(1000, 25_000)]
    [InlineData(0, 1)]
    public void An_iteration_takes_about_25_milliseconds(double nanoseconds, long operations) =>
        Assert.Equal(operations, new WorkerTiming().Operations(TimingStrategy.Throughput, nanoseconds));

    [Fact]
    public void End_to_end_an_iteration_is_one_operation() => Assert.Equal(1, new WorkerTiming().Operations(TimingStrategy.Monitoring, 1000));

    [Fact]
    public void The_worker_itself_refuses_a_plan_it_cannot_read_with_a_last_word()
    {
        var output = new StringWriter();
        Assert.Equal(70, WorkerEntry.Run(new StringReader("{\"protocol\":9}\n"), output));
        var failed = Assert.IsType<FailedMessage>(WorkerProtocol.ReadMessage(output.ToString().Trim()));
        Assert.Equal(FailureKind.Protocol, failed.Kind);
    }
}
