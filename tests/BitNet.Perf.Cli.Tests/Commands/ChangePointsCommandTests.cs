using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BitNet.Perf.Cli.Tests.Commands;

public class ChangePointsCommandTests
{
    private static readonly string[] Words = ["history", "change-points", "--csv", "nights.csv"];

    [Fact]
    public async Task A_step_is_told_with_its_size_and_fails_only_when_asked_to()
    {
        using Workspace workspace = Nights();
        CommandRun run = await workspace.Run(Words);
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Contains("slower   60 points", run.Output);
        Assert.Contains("▲ step at 40: +9.8 %", run.Output);
        Assert.Contains("2 series, 1 change points, 1 series with nothing to tell", run.Output);
        Assert.Equal(ExitCode.Regressed, (await workspace.Run([.. Words, "--fail-on", "new"])).Code);
    }

    [Fact]
    public async Task Json_is_the_document_of_the_contract()
    {
        using Workspace workspace = Nights();
        CommandRun run = await workspace.Run([.. Words, "--json"]);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal("change-points/1", document.RootElement.GetProperty("schema").GetString());
        JsonElement series = document.RootElement.GetProperty("series")[1];
        Assert.Equal(["name", "n", "changePoints", "outliers", "bimodal"], series.EnumerateObject().Select(member => member.Name));
        JsonElement point = series.GetProperty("changePoints")[0];
        Assert.Equal(["index", "kind", "end", "before", "after", "ratio", "interval", "p", "direction", "confirmedAt", "commits", "state"], point.EnumerateObject().Select(member => member.Name));
        Assert.Equal((40, "step", "up"), (point.GetProperty("index").GetInt32(), point.GetProperty("kind").GetString(), point.GetProperty("direction").GetString()));
        Assert.Equal(JsonValueKind.Null, point.GetProperty("commits").GetProperty("bad").ValueKind);
    }

    [Fact]
    public async Task A_bad_line_is_65_and_one_line()
    {
        using Workspace workspace = new();
        workspace.Text("nights.csv", "series,index,value\na,0,fast\n");
        CommandRun run = await workspace.Run(Words);
        Assert.Equal((ExitCode.BadInput, ""), (run.Code, run.Output));
        Assert.Equal("bitnet-perf history change-points: nights.csv: line 2: value \"fast\"; expected a finite number such as 1234.5\n", run.Error);
    }

    private static Workspace Nights()
    {
        Workspace workspace = new();
        var lines = new StringBuilder("series,index,value\n");
        foreach (string name in new[] { "steady", "slower" })
        {
            for (int night = 0; night < 60; night++)
            {
                double level = name == "slower" && night >= 40 ? 110 : 100;
                lines.Append(CultureInfo.InvariantCulture, $"{name},{night},{level + Math.Sin(night * 12.9898) * 0.5}\n");
            }
        }
        workspace.Text("nights.csv", lines.ToString());
        return workspace;
    }
}
