using System.Text.Json;
using BitNet.Perf.Cli.Measuring.Builds;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>How old a baseline is and what it can still show, in lists and comparisons.</summary>
public sealed class BaselineStandingTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private async Task<string> Git(params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
        ToolOutcome outcome = await ExternalTool.RunAsync("git", [.. identity, .. arguments], _workspace.Folder, TestContext.Current.CancellationToken);
        Assert.True(outcome.ExitCode == 0, string.Join('\n', outcome.Lines));
        return outcome.Output is [var first, ..] ? first : "";
    }

    private static Receipt Later(Receipt receipt, int days) => receipt with
    {
        CreatedUtc = receipt.CreatedUtc.AddDays(days),
        Launches = [.. receipt.Launches.Select(launch => launch with { StartedUtc = launch.StartedUtc.AddDays(days) })],
    };

    private async Task<JsonElement> Listed(params string[] more)
    {
        CommandRun run = await _workspace.Run(["baseline", "list", "--json", .. more]);
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        return Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("baselines").EnumerateArray());
    }

    [Fact]
    public async Task The_list_has_age_and_smallest_change_and_no_distance_without_git()
    {
        _workspace.Receipt("a.json");
        await _workspace.Run("baseline", "publish", "a.json", "--reason", "x");
        JsonElement entry = await Listed();
        int days = (int)(DateTimeOffset.UtcNow - SyntheticTime).TotalDays;
        Assert.InRange(entry.GetProperty("ageDays").GetInt32(), days - 1, days + 1);
        Assert.InRange(entry.GetProperty("mde").GetDouble(), 0.01, 1);
        Assert.True(entry.GetProperty("largestMde").GetDouble() >= entry.GetProperty("mde").GetDouble());
        Assert.Equal((JsonValueKind.Null, 1, true), (entry.GetProperty("commitsBehind").ValueKind, entry.GetProperty("chainLength").GetInt32(), entry.GetProperty("stale").GetBoolean()));
        Assert.False((await Listed("--stale-days", "100000")).GetProperty("stale").GetBoolean());
    }

    private static readonly DateTimeOffset SyntheticTime = Receipts.Tests.SyntheticReceipt.Create().CreatedUtc;

    [Fact]
    public async Task Several_runs_show_a_smaller_change_than_one()
    {
        _workspace.Receipt("runs/a.json");
        await _workspace.Run("baseline", "publish", "runs", "--reason", "one run");
        double one = (await Listed()).GetProperty("mde").GetDouble();
        for (int run = 2; run <= 6; run++)
            _workspace.Receipt($"runs/{run}.json", slowdown: 1 + (0.001 * run));
        await _workspace.Run("baseline", "publish", "runs", "--reason", "six runs");
        JsonElement six = await Listed();
        Assert.Equal(6, six.GetProperty("runs").GetInt32());
        Assert.True(six.GetProperty("mde").GetDouble() < one);
    }

    [Fact]
    public async Task Commits_since_are_counted_by_git_and_too_many_make_it_stale()
    {
        await Git("init", "--quiet", "--initial-branch=main");
        await Git("commit", "--quiet", "--allow-empty", "-m", "measured");
        string commit = await Git("rev-parse", "HEAD");
        _workspace.Receipt("a.json", change: r => r with { Build = r.Build with { Commit = commit } });
        await _workspace.Run("baseline", "publish", "a.json", "--reason", "x");
        foreach (string message in new[] { "one", "two", "three" })
            await Git("commit", "--quiet", "--allow-empty", "-m", message);
        JsonElement entry = await Listed("--stale-days", "100000", "--stale-commits", "3");
        Assert.Equal((3, false), (entry.GetProperty("commitsBehind").GetInt32(), entry.GetProperty("stale").GetBoolean()));
        Assert.True((await Listed("--stale-days", "100000", "--stale-commits", "2")).GetProperty("stale").GetBoolean());
        CommandRun list = await _workspace.Run("baseline", "list");
        Assert.Matches(@"quick +1 +2026-01-31 +\d+ d +3 ", list.Output);

        string head = await Git("rev-parse", "HEAD");
        _workspace.Receipt("b.json", change: r => r with { Build = r.Build with { Commit = head } });
        _workspace.Text("bitnet-perf.json", """{"staleCommits": 2}""");
        CommandRun compared = await _workspace.Run("compare", $"baselines/{SyntheticKey}/quick.json", "b.json", "--json");
        Assert.Contains("the baseline is old: 0 days, 3 commits behind; publish a new one of several runs", compared.Output);
    }

    [Fact]
    public async Task A_stale_baseline_warns_in_comparisons_and_reports_and_named_receipts_do_not()
    {
        _workspace.Receipt("a.json");
        _workspace.Receipt("b.json", change: r => Later(r, 91));
        await _workspace.Run("baseline", "publish", "a.json", "--reason", "x");
        string stored = $"baselines/{SyntheticKey}/quick.json";
        Assert.Contains("the baseline is old: 91 days", (await _workspace.Run("compare", stored, "b.json", "--json")).Output);
        Assert.Contains("the baseline is old: 91 days", (await _workspace.Run("compare", stored, "b.json")).Output);
        Assert.Contains("the baseline is old: 91 days", (await _workspace.Run("report", "b.json", "--baseline", "auto")).Output);
        Assert.DoesNotContain("the baseline is old", (await _workspace.Run("compare", "a.json", "b.json", "--json")).Output);
        _workspace.Text("bitnet-perf.json", """{"staleDays": 100}""");
        Assert.DoesNotContain("the baseline is old", (await _workspace.Run("compare", stored, "b.json", "--json")).Output);
        _workspace.Text("bitnet-perf.json", """{"staleDays": "soon"}""");
        CommandRun wrong = await _workspace.Run("compare", stored, "b.json");
        Assert.Equal((ExitCode.BadInput, true), (wrong.Code, wrong.ErrorLine.Contains("\"staleDays\"", StringComparison.Ordinal)));
    }

    private static string SyntheticKey => Receipts.Tests.SyntheticReceipt.Create().HostKey;
}
