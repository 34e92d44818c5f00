using System.Text.Json;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Cli.Commands;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>The diagnosis of the machine the tests run on; the worker that measures its probes is a fake within this process.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task It_names_what_disturbs_first_then_what_is_fine_then_what_was_measured()
    {
        CommandRun run = await Run(new FakeWorker());
        Assert.Equal(ExitCode.Done, run.Code);
        string[] lines = run.Output.Split('\n');
        Assert.Matches(@"^✗ \d+ disturb   ! \d+ may disturb   \? \d+ unknown   = \d+ fine$", lines[0]);
        Assert.StartsWith("host  ", lines[1]);
        Assert.Matches("(?s)= fine: .*timer  steps of \\d+ ns.*probe/read/t.*probe/control/t1 ", run.Output);
        Assert.All(lines.Where(line => !line.StartsWith("    mend", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task As_json_it_is_one_document_with_every_finding()
    {
        CommandRun run = await Run(new FakeWorker(), "--json");
        Assert.Equal(ExitCode.Done, run.Code);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("doctor/1", root.GetProperty("schema").GetString());
        JsonElement[] findings = [.. root.GetProperty("findings").EnumerateArray()];
        Assert.Equal(18, findings.Select(finding => finding.GetProperty("code").GetString()).Distinct().Count());
        Assert.All(findings, finding => Assert.Contains(finding.GetProperty("severity").GetString(), new[] { "disturbs", "mayDisturb", "unknown", "fine" }));
        Assert.Equal(findings.Length, root.GetProperty("counts").EnumerateObject().Sum(count => count.Value.GetInt32()));
        // What the fake worker reported: 7 operations in 7000, 7001, … ns, launch after launch the same.
        JsonElement control = root.GetProperty("probes").EnumerateArray().Single(probe => probe.GetProperty("id").GetString() == "probe/control/t1");
        Assert.Equal(1001.0, control.GetProperty("median").GetDouble(), 0.01);
        Assert.Equal(0, control.GetProperty("launchSpread").GetDouble());
        Assert.True(control.GetProperty("iterationSpread").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("failure").ValueKind);
    }

    [Fact]
    public async Task Where_nothing_can_be_measured_the_diagnosis_still_comes_and_says_why()
    {
        CommandRun run = await Run(new FakeWorker { Ends = _ => new WorkerEnd(false, "it crashed", null, null) });
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("bandwidth and noise unknown: it crashed", run.Output);
        Assert.Contains("= fine: ", run.Output);
    }

    [Fact]
    public async Task It_takes_no_other_arguments() => Assert.Equal(ExitCode.Usage, (await Run(new FakeWorker(), "now")).Code);

    private Task<CommandRun> Run(FakeWorker worker, params string[] arguments) => CommandRun.Until(
        TestContext.Current.CancellationToken,
        [DoctorCommand.Create(() => RunEnvironment.Live() with { Worker = worker, Cache = _workspace["cache"] })],
        ["doctor", .. arguments], _workspace.Surroundings);
}
