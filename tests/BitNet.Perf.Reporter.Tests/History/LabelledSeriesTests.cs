using System.Text.Json;
using BitNet.Perf.Reporter.History;

namespace BitNet.Perf.Reporter.Tests.History;

/// <summary>Real series that people have labelled; sources and licences stand in the file.</summary>
public class LabelledSeriesTests
{
    private static readonly JsonElement Labelled = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "change-points", "labelled.json"))).RootElement.GetProperty("series");

    public static TheoryData<string> WithChangePoints => Named("change_points");

    public static TheoryData<string> WithAnnotators => Named("annotations");

    [Theory]
    [MemberData(nameof(WithChangePoints))]
    public void Every_labelled_change_is_found_and_nothing_outside_what_is_reasonable(string name)
    {
        JsonElement series = Labelled.GetProperty(name);
        int tolerance = series.GetProperty("tolerance").GetInt32();
        int[] labelled = Numbers(series, "change_points"), reasonable = [.. labelled, .. Numbers(series, "also_reasonable")];
        int[] found = Found(series);
        Assert.All(labelled, label => Assert.Contains(found, index => Math.Abs(index - label) <= tolerance));
        Assert.All(found, index => Assert.Contains(reasonable, label => Math.Abs(index - label) <= tolerance));
    }

    [Theory]
    [MemberData(nameof(WithAnnotators))]
    public void What_three_annotators_mark_is_found_and_at_most_one_other(string name)
    {
        JsonElement series = Labelled.GetProperty(name);
        int tolerance = series.GetProperty("tolerance").GetInt32();
        int[][] marks = [.. series.GetProperty("annotations").EnumerateObject().Select(one => one.Value.EnumerateArray().Select(mark => mark.GetInt32()).ToArray())];
        int[] agreed = [.. marks.SelectMany(own => own).Distinct().Where(mark => marks.Count(own => own.Any(other => Math.Abs(other - mark) <= tolerance)) >= 3)];
        int[] found = Found(series);
        Assert.NotEmpty(agreed);
        Assert.All(agreed, mark => Assert.Contains(found, index => Math.Abs(index - mark) <= tolerance));
        Assert.InRange(found.Count(index => agreed.All(mark => Math.Abs(index - mark) > tolerance)), 0, 1);
    }

    [Fact]
    public void Labelled_outliers_are_named_as_such()
    {
        Assert.Contains(10, Analysed("tigerbeetle").Outliers);
        Assert.Equal([8], Analysed("lnt_noise_spike").Outliers);
    }

    [Fact]
    public void A_series_that_jumps_between_two_levels_has_no_change_and_says_so()
    {
        Assert.True(Analysed("lnt_bimodal_noise") is { Bimodal: true, ChangePoints.Count: 0 });
        Assert.False(Analysed("lnt_flat_noise").Bimodal);
        Assert.False(Analysed("lnt_regress_5").Bimodal);
    }

    private static SeriesAnalysis Analysed(string name) => SeriesAnalysis.Of(Values(Labelled.GetProperty(name)));

    private static int[] Found(JsonElement series) => [.. SeriesAnalysis.Of(Values(series)).ChangePoints.Select(point => point.Index)];

    private static double[] Values(JsonElement series) => [.. series.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];

    private static int[] Numbers(JsonElement series, string member) =>
        series.TryGetProperty(member, out JsonElement numbers) ? [.. numbers.EnumerateArray().Select(number => number.GetInt32())] : [];

    private static TheoryData<string> Named(string member) => [.. Labelled.EnumerateObject().Where(one => one.Value.TryGetProperty(member, out _)).Select(one => one.Name)];
}
