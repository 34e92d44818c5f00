namespace BitNet.Perf.Cli.Tests.Commands;

public class BaselineAcceptCommandTests
{
    private static readonly string[] Accept = ["baseline", "accept", "**", "--reason", "exact rounding", "--expires", "2999-12-31", "--max", "150%"];

    private static Workspace Slower()
    {
        var workspace = new Workspace();
        workspace.Receipt("base.json");
        workspace.Receipt("head.json", slowdown: 2);
        return workspace;
    }

    [Fact]
    public async Task What_is_accepted_no_longer_fails_compare_and_is_listed_and_verified()
    {
        using Workspace workspace = Slower();
        Assert.Equal(ExitCode.Regressed, (await workspace.Run("compare", "base.json", "head.json")).Code);
        CommandRun accept = await workspace.Run(Accept);
        Assert.Equal(ExitCode.Done, accept.Code);
        Assert.Equal($"{Path.Combine("baselines", "acceptances.json")}\n  ** may cost up to 150 % more until 2999-12-31 on every host: exact rounding\n", accept.Output);
        CommandRun compare = await workspace.Run("compare", "base.json", "head.json");
        Assert.NotEqual(ExitCode.Regressed, compare.Code);
        Assert.Contains("accepted: exact rounding (up to 150 %, until 2999-12-31, **)", string.Join(' ', compare.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("**        150 %  2999-12-31  every host  exact rounding", (await workspace.Run("baseline", "list")).Output);
        Assert.Contains("\"workloads\":\"**\"", (await workspace.Run("baseline", "list", "--json")).Output);
        CommandRun verify = await workspace.Run("baseline", "verify");
        Assert.Equal((ExitCode.Done, $"{Path.Combine("baselines", "acceptances.json")}: OK 1 acceptance, 0 expired\n"), (verify.Code, verify.Output));
        Assert.Contains("exact rounding", (await workspace.Run("report", "head.json", "--baseline", "base.json")).Output);
    }

    [Fact]
    public async Task An_expired_one_fails_again_and_is_named()
    {
        using Workspace workspace = Slower();
        workspace.Text("baselines/acceptances.json",
            """{"schema": "acceptances/1", "acceptances": [{"workloads": "**", "reason": "old", "expires": "2025-06-30", "max": 9, "hostKey": null, "acceptedUtc": "2025-02-03T04:05:06Z"}]}""");
        CommandRun compare = await workspace.Run("compare", "base.json", "head.json");
        Assert.Equal(ExitCode.Regressed, compare.Code);
        Assert.Contains("The acceptance of ** \"old\" expired on 2025-06-30.", string.Join(' ', compare.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("EXPIRED: old", (await workspace.Run("baseline", "list")).Output);
        Assert.Contains("1 acceptance, 1 expired", (await workspace.Run("baseline", "verify")).Output);
    }

    [Fact]
    public async Task A_new_one_takes_the_place_of_the_same_pattern_and_says_so()
    {
        using var workspace = new Workspace();
        await workspace.Run(Accept);
        CommandRun again = await workspace.Run([.. Accept[..^1], "5%"]);
        Assert.EndsWith("  takes the place of: up to 150 % until 2999-12-31: exact rounding\n", again.Output);
    }

    [Theory]
    [InlineData(2, "kernel /**", "WORKLOAD-GLOB: \"kernel /**\" is not a pattern of workloads")]
    [InlineData(4, "", "--reason: \"\"; expected one line")]
    [InlineData(6, "2020-01-01", "--expires: 2020-01-01 is over; expected ")]
    [InlineData(6, "tomorrow", "--expires: \"tomorrow\"; expected a day, e.g. ")]
    [InlineData(8, "5", "--max: \"5\"; expected a percentage with its sign, e.g. 3%")]
    [InlineData(8, "-5%", "--max: \"-5%\"; expected a percentage above 0%")]
    public async Task Wrong_usage_is_64_and_nothing_is_written(int argument, string text, string message)
    {
        using var workspace = new Workspace();
        string[] arguments = [.. Accept];
        arguments[argument] = text;
        CommandRun run = await workspace.Run(arguments);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith($"bitnet-perf baseline accept: {message}", run.ErrorLine);
        Assert.False(Directory.Exists(workspace["baselines"]));
    }

    [Theory]
    [InlineData("compare", "base.json", "head.json")]
    [InlineData("baseline", "list")]
    [InlineData("baseline", "verify")]
    public async Task A_damaged_file_is_65_with_its_name(params string[] command)
    {
        using Workspace workspace = Slower();
        workspace.Text("baselines/acceptances.json", "{");
        CommandRun run = await workspace.Run(command);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("acceptances.json: line 1", run.ErrorLine);
    }
}
