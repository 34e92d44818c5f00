using System.Text.Json;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class ComparisonJsonTests
{
    private static JsonElement Json(ComparisonResult result) => JsonDocument.Parse(ComparisonJson.Format(result)).RootElement;

    private static readonly ComparisonResult Result = Sides.Compare(
        Sides.Runs(10, SyntheticRun.Gemv, 400).Select(run => run.WithProbes(10)),
        Sides.Runs(1, SyntheticRun.Gemv, 389.4, name: "c").Select(run => run.WithProbes(10).With(SyntheticRun.Small, [1, 2])));

    // The contract, member for member and in order: tools of others parse it.
    [Fact]
    public void The_members_are_those_of_the_contract()
    {
        JsonElement json = Json(Result);
        Assert.Equal("schema verdict exitCode method familyErrorRate looks look baseline candidate host counts workloads missing new warnings", Names(json));
        Assert.Equal("receipts hostKey commit runs", Names(json.GetProperty("baseline")));
        Assert.Equal("receipts hostKey commit runs", Names(json.GetProperty("candidate")));
        Assert.Equal("path digest", Names(json.GetProperty("baseline").GetProperty("receipts")[0]));
        Assert.Equal("changed controlRatio calibrated", Names(json.GetProperty("host")));
        Assert.Equal("regressed improved equivalent notSlower undecided incomparable missing new accepted", Names(json.GetProperty("counts")));
        JsonElement row = json.GetProperty("workloads")[0];
        Assert.Equal("id metric unit better verdict baseline candidate ratio interval90 simultaneous p pAdjusted threshold mde launchesNeeded resultMatch codeChanged accepted reason", Names(row));
        Assert.Equal("value launches", Names(row.GetProperty("baseline")));
        Assert.Equal("code subject message", Names(json.GetProperty("warnings")[0]));

        static string Names(JsonElement element) => string.Join(' ', element.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Values_are_of_the_contracts_kinds()
    {
        JsonElement json = Json(Result), row = json.GetProperty("workloads")[0];
        Assert.Equal("comparison/1", json.GetProperty("schema").GetString());
        Assert.Equal("notSlower", json.GetProperty("verdict").GetString());
        Assert.Equal("baseline", json.GetProperty("method").GetString());
        Assert.Equal(10, json.GetProperty("baseline").GetProperty("runs").GetInt32());
        Assert.Equal("time", row.GetProperty("metric").GetString());
        Assert.Equal("lower", row.GetProperty("better").GetString());
        Assert.Equal(2, row.GetProperty("interval90").GetArrayLength());
        Assert.True(row.GetProperty("interval90")[0].GetDouble() < row.GetProperty("ratio").GetDouble());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("codeChanged").ValueKind);
        Assert.True(row.GetProperty("resultMatch").GetBoolean());
        Assert.Equal(SyntheticRun.Small, json.GetProperty("new")[0].GetString());
    }

    [Fact]
    public void What_cannot_be_known_is_null_never_left_out()
    {
        JsonElement row = Json(Sides.Compare(new SyntheticRun("a").With(SyntheticRun.Gemv, [1]), new SyntheticRun("b").With(SyntheticRun.Gemv, [1], definition: "d/2")))
            .GetProperty("workloads")[0];
        foreach (string member in new[] { "ratio", "interval90", "simultaneous", "p", "pAdjusted", "mde", "launchesNeeded", "resultMatch", "codeChanged", "accepted" })
            Assert.Equal(JsonValueKind.Null, row.GetProperty(member).ValueKind);
        Assert.Equal("incomparable", row.GetProperty("verdict").GetString());
    }
}
