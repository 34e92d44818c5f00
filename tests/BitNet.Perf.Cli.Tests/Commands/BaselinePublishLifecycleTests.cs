using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Tests;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>What a baseline is held against before it takes another one's place.</summary>
public sealed class BaselinePublishLifecycleTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private Task<CommandRun> Publish(string receipt, params string[] more) => _workspace.Run(["baseline", "publish", receipt, "--reason", "because", .. more]);

    private Baseline Published => BaselineFile.Read(_workspace[$"baselines/{SyntheticReceipt.Create().HostKey}/quick.json"]);

    [Fact]
    public async Task A_loss_against_the_last_one_takes_a_reason_that_stays()
    {
        _workspace.Receipt("a.json");
        _workspace.Receipt("b.json", slowdown: 1.1);
        Assert.Equal(ExitCode.Done, (await Publish("a.json")).Code);
        string first = Published.Digest!;
        CommandRun refused = await Publish("b.json");
        Assert.Equal(ExitCode.Regressed, refused.Code);
        Assert.Contains(SyntheticReceipt.Gemv.Split('/')[^1], refused.Output);
        Assert.Matches(@"^bitnet-perf baseline publish: not published: (kernel|e2e)/\S+ costs \+10\.0 % against the baseline it takes the place of, and 1 more workloads \(20\d\d-\d\d-\d\d, sha256:[0-9a-f]{64}\); expected a reason: --accept-loss TEXT$", refused.ErrorLine);
        Assert.Equal(first, Published.Digest);
        Assert.Equal(ExitCode.Usage, (await Publish("b.json", "--accept-loss", " ")).Code);
        CommandRun accepted = await Publish("b.json", "--accept-loss", "exact rounding");
        Assert.Equal(ExitCode.Done, accepted.Code);
        ReceiptWarning warning = Assert.Single(Published.Warnings);
        Assert.Equal((WarningCodes.LossAccepted, first), (warning.Code, warning.Subject));
        Assert.EndsWith("accepted: exact rounding", warning.Message);
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "verify")).Code);
    }

    [Fact]
    public async Task Steps_within_the_threshold_that_add_up_to_more_over_the_chain_take_a_reason()
    {
        double slowdown = 1;
        foreach (string name in new[] { "a.json", "b.json", "c.json" })
        {
            _workspace.Receipt(name, slowdown);
            slowdown *= 1.02;
        }
        Assert.Equal(ExitCode.Done, (await Publish("a.json")).Code);
        string oldest = Published.Digest!;
        Assert.Equal(ExitCode.Done, (await Publish("b.json")).Code);
        CommandRun refused = await Publish("c.json");
        Assert.Equal(ExitCode.Regressed, refused.Code);
        Assert.Contains("costs +4.0 % against the oldest baseline of the chain", refused.ErrorLine);
        Assert.Contains(oldest, refused.ErrorLine);
        Assert.Contains("Against the oldest of the chain, published ", refused.Output);
        Assert.Equal(ExitCode.Done, (await Publish("c.json", "--threshold", "5%")).Code);
        Assert.Equal(3, Published.ChainLength);
    }

    [Fact]
    public async Task Another_result_than_the_last_one_s_is_5_and_takes_a_reason()
    {
        _workspace.Receipt("a.json");
        _workspace.Receipt("b.json", change: r => r with
        {
            Workloads = [.. r.Workloads.Select(w => w.Id == SyntheticReceipt.Gemv ? w with { Result = w.Result! with { Digest = "sha256:" + new string('d', 64) } } : w)],
        });
        await Publish("a.json");
        CommandRun refused = await Publish("b.json");
        Assert.Equal(ExitCode.WrongResult, refused.Code);
        Assert.Contains($"1 workloads compute something else, first {SyntheticReceipt.Gemv}", refused.ErrorLine);
        Assert.Equal(ExitCode.Done, (await Publish("b.json", "--accept-result", "sums in another order")).Code);
        Assert.Equal(WarningCodes.ResultAccepted, Assert.Single(Published.Warnings).Code);
    }

    [Fact]
    public async Task A_run_that_is_added_to_the_last_one_s_is_compared_with_them_alone()
    {
        Receipt receipt = _workspace.Receipt("a.json");
        _workspace.Receipt("b.json", slowdown: 1.01);
        await Publish("a.json");
        CommandRun run = await _workspace.Run("baseline", "publish", $"baselines/{receipt.HostKey}/quick.json", "b.json", "--reason", "a second run");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(2, Published.Receipts.Count);
        CommandRun again = await Publish("a.json");
        Assert.Equal(ExitCode.Done, again.Code);
        Assert.Contains("every run was in it already: nothing is compared", again.Output);
    }

    [Fact]
    public async Task Runs_of_different_commits_are_published_only_when_told_and_with_a_warning()
    {
        _workspace.Receipt("runs/a.json");
        _workspace.Receipt("runs/b.json", change: r => r with { Build = r.Build with { Commit = new string('a', 40) } });
        CommandRun refused = await Publish("runs");
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.StartsWith("bitnet-perf baseline publish: not published: receipts of different commits: ", refused.ErrorLine);
        CommandRun allowed = await Publish("runs", "--allow-mixed-commits");
        Assert.Equal(ExitCode.Done, allowed.Code);
        Assert.EndsWith("allowed: because", allowed.ErrorLine);
    }

    [Fact]
    public async Task A_baseline_that_somebody_else_publishes_meanwhile_is_74_and_can_be_tried_again()
    {
        Receipt receipt = _workspace.Receipt("a.json");
        _workspace.Receipt("b.json");
        await Publish("a.json");
        using (PublicationLock.Take(_workspace[$"baselines/{receipt.HostKey}/quick.json"]))
        {
            CommandRun busy = await Publish("b.json");
            Assert.Equal(ExitCode.StoreFailed, busy.Code);
            Assert.EndsWith("another process is publishing it; expected to be alone; look at what it published and try again", busy.ErrorLine);
        }
        Assert.Equal(ExitCode.Done, (await Publish("b.json")).Code);
    }
}
