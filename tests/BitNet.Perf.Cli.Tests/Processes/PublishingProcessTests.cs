using System.Diagnostics;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Tests;

namespace BitNet.Perf.Cli.Tests.Processes;

/// <summary>Publishing by processes of their own: beside each other, and killed.</summary>
public sealed class PublishingProcessTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private string Stored => _workspace[$"baselines/{SyntheticReceipt.Create().HostKey}/quick.json"];

    private Process Publish(string receipt) => PerfProcess.Start(["baseline", "publish", receipt, "--reason", Path.GetFileNameWithoutExtension(receipt)], _workspace.Folder);

    private async Task RequireSound()
    {
        CommandRun verified = await _workspace.Run("baseline", "verify");
        Assert.True(verified.Code == ExitCode.Done, verified.Output + verified.Error);
    }

    [Fact]
    public async Task Several_at_once_leave_one_chain_of_those_that_were_told_they_published()
    {
        string[] names = ["a", "b", "c", "d"];
        foreach (string name in names)
            _workspace.Receipt($"{name}.json");
        (int Code, string Output, string Error)[] ended = await Task.WhenAll(names.Select(name => PerfProcess.Finish(Publish($"{name}.json"))).ToArray());
        string[] published = [.. names.Where((_, i) => ended[i].Code == (int)ExitCode.Done)];
        Assert.NotEmpty(published);
        foreach ((int code, _, string error) in ended.Where(end => end.Code != (int)ExitCode.Done))
        {
            Assert.Equal((int)ExitCode.StoreFailed, code);
            Assert.Matches(@"\Abitnet-perf baseline publish: .*(another process is publishing it|another one was published meanwhile).*\n\z", error);
        }
        await RequireSound();
        Assert.Equal(published.Order(), BaselineChain.Read(Stored).Line.Select(baseline => baseline.Reason).Order());
    }

    [Fact]
    public async Task Killed_at_any_moment_it_leaves_the_old_one_or_the_new_one()
    {
        _workspace.Receipt("first.json");
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "publish", "first.json", "--reason", "first")).Code);
        var whole = Stopwatch.StartNew();
        _workspace.Receipt("second.json");
        Assert.Equal(0, (await PerfProcess.Finish(Publish("second.json"))).Code);
        TimeSpan length = whole.Elapsed;
        for (int step = 3; step <= 10; step++)
        {
            string name = $"run{step}.json", before = BaselineFile.Read(Stored).Digest!;
            _workspace.Receipt(name);
            Process process = Publish(name);
            // Mostly near the end, where it writes.
            await Task.Delay(length * (0.6 + (0.05 * step)), TestContext.Current.CancellationToken);
            process.Kill();
            await PerfProcess.Finish(process);
            await RequireSound();
            Baseline now = BaselineFile.Read(Stored);
            Assert.Contains(before, new[] { now.Digest, now.Supersedes });
        }
        Assert.Equal(0, (await PerfProcess.Finish(Publish("second.json"))).Code);
        await RequireSound();
    }
}
