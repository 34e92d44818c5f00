using System.Diagnostics;
using System.Text.Json;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Tests.Processes;

/// <summary>The whole chain with real runs of the tiny model: worker processes, receipts, baseline, comparison, report. No figure is asserted:
/// the machine that tests is busy.</summary>
public sealed class RunProcessTests : IDisposable
{
    private static readonly string[] Run = ["run", "--model", "synthetic:tiny", "--suite", "quick", "--filter", "kernel/norm/**", "--filter", "e2e/decode/**"];

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Measured_published_measured_again_and_compared()
    {
        (int code, string output, string error) = await Perf([.. Run, "--launches", "2", "--out", "first"]);
        Assert.Equal(0, code);
        Assert.StartsWith("making the synthetic model ", error);
        Assert.Contains("decode/", output);
        Assert.Contains("tok/s", output);
        Assert.Contains($"first{Path.DirectorySeparatorChar}receipt.json", output);
        Assert.Contains("No baseline for ", output);
        Receipt first = ReceiptFile.Read(_workspace["first/receipt.json"]);
        Assert.Equal(RunStatus.Complete, first.Status);
        Assert.Equal([LaunchOutcome.Complete, LaunchOutcome.Complete], first.Launches.Select(launch => launch.Outcome));
        Assert.Contains(first.Workloads, workload => workload.Id.StartsWith("kernel/norm/", StringComparison.Ordinal));
        Assert.StartsWith("workload,launch,iteration,value,unit\n", await File.ReadAllTextAsync(_workspace["first/samples.csv"], TestContext.Current.CancellationToken));

        (code, output, _) = await Perf("receipt", "verify", "first/receipt.json");
        Assert.Equal((0, $"first/receipt.json: OK {first.Digest}\n"), (code, output));
        if (first.Build.Configuration != "Release") Assert.Skip("needs a Release build: others are not published");
        (code, output, _) = await Perf("baseline", "publish", "first", "--reason", "first figures", "--allow-dirty");
        Assert.Equal(0, code);
        Assert.StartsWith($"baselines/{first.HostKey}/quick.json\n", output);

        // "auto" finds what was just published; a comparison never fails a run unless told so.
        (code, output, error) = await Perf([.. Run, "--launches", "1", "--out", "second"]);
        Assert.Equal((0, ""), (code, error));
        Assert.DoesNotContain("No baseline", output);
        Assert.Matches(@"exit \d", output);

        (code, output, _) = await Perf("compare", "baselines", "second/receipt.json", "--json");
        using (JsonDocument comparison = JsonDocument.Parse(output))
        {
            Assert.Equal("comparison/1", comparison.RootElement.GetProperty("schema").GetString());
            Assert.Equal(code, comparison.RootElement.GetProperty("exitCode").GetInt32());
            // Either may turn out faster or slower here, but they are comparable and nothing is missing.
            Assert.Contains(code, new[] { 0, 1, 2 });
            Assert.Equal(3, comparison.RootElement.GetProperty("workloads").EnumerateArray().Count(w => w.GetProperty("metric").GetString() != "allocated"));
        }

        Assert.Equal((0, "again.md\n", ""), await Perf("report", "second/receipt.json", "--baseline", "first", "--out", "again.md"));
        // One process has shown that the command works from outside; the other formats need none of their own.
        foreach (string format in new[] { "html", "csv", "junit", "json" })
            Assert.Equal(ExitCode.Done, (await _workspace.Run("report", "second/receipt.json", "--baseline", "first", "--format", format, "--out", $"{format}.out")).Code);
        Assert.Contains($"{first.HostKey}", await File.ReadAllTextAsync(_workspace["second/report.md"], TestContext.Current.CancellationToken));

        string altered = await File.ReadAllTextAsync(_workspace["second/receipt.json"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_workspace["second/receipt.json"], altered.Replace("\"wallSeconds\": ", "\"wallSeconds\": 9", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(4, (await Perf("receipt", "verify", "second/receipt.json")).Code);
        Assert.Equal(4, (await Perf("compare", "first/receipt.json", "second/receipt.json")).Code);
    }

    [Fact]
    public async Task Interrupted_it_keeps_what_was_measured_and_resume_completes_it()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs Unix signals");
        using Process process = PerfProcess.Start([.. Run, "--launches", "4", "--out", "run", "--baseline", "none"], _workspace.Folder, Cache);
        while (!File.Exists(_workspace["run/launches/01.json"]) && !process.HasExited)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await PerfProcess.Interrupt(process);
        (int code, string output, string error) = await PerfProcess.Finish(process);
        Assert.Equal((130, ""), (code, output));
        Assert.Contains("launches are kept in run, the receipt there is marked incomplete\n", error);
        Assert.EndsWith("go on with: bitnet-perf run --resume run --baseline none\n", error);

        Receipt kept = ReceiptFile.Read(_workspace["run/receipt.json"]);
        Assert.Equal(RunStatus.Incomplete, kept.Status);
        // More than the first may have ended before the signal came.
        Assert.InRange(kept.Launches.Count, 1, 3);
        Assert.Equal(ExitCode.Done, (await _workspace.Run("receipt", "verify", "run/receipt.json")).Code);
        Assert.Equal(ExitCode.BadInput, (await _workspace.Run("baseline", "publish", "run", "--reason", "half", "--allow-dirty")).Code);

        (code, output, error) = await Perf("run", "--resume", "run", "--baseline", "none");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("4 of 4 launches", output);
        Receipt whole = ReceiptFile.Read(_workspace["run/receipt.json"]);
        Assert.Equal((RunStatus.Complete, kept.Run, 4), (whole.Status, whole.Run, whole.Launches.Count));
        Assert.Equal(kept.Launches[0].StartedUtc, whole.Launches[0].StartedUtc);
        Assert.Equal(ExitCode.Done, (await _workspace.Run("receipt", "verify", "run/receipt.json")).Code);
    }

    private (string, string) Cache => ("BITNET_PERF_CACHE", _workspace["cache"]);

    private Task<(int Code, string Output, string Error)> Perf(params string[] arguments) =>
        PerfProcess.Finish(PerfProcess.Start(arguments, _workspace.Folder, Cache, ("NO_COLOR", "1")));
}
