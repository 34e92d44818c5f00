namespace BitNet.Perf.Reporter.Tests.Plots;

/// <summary>The plots of docs/statistics.md are what the code draws. Each is also written beside this test's program, so that a changed one can be
/// looked at and taken over: <c>cp tests/BitNet.Perf.Reporter.Tests/bin/Release/net10.0/plots/*.svg docs/plots/</c>.</summary>
public class StatisticsPlotTests
{
    private static readonly string Folder = AppContext.BaseDirectory;

    [Fact]
    public void The_plot_of_verdicts_is_what_the_rule_gives() => Same("verdicts.svg", VerdictPlot.Draw());

    [Fact]
    public void The_plot_of_power_is_what_the_code_computes() => Same("power.svg", PowerPlot.Draw());

    [Fact]
    public void The_plot_of_iterations_is_that_of_the_published_baseline() => Same("iterations.svg", IterationPlot.Draw(Path.Combine(Folder, "baselines")));

    [Fact]
    public void The_plot_of_sensitivity_is_what_the_code_computes() => Same("sensitivity.svg", SensitivityPlot.Draw());

    [Fact]
    public void The_document_shows_every_plot()
    {
        string document = File.ReadAllText(Path.Combine(Folder, "docs", "statistics.md"));
        string[] plots = [.. Directory.GetFiles(Path.Combine(Folder, "docs", "plots"), "*.svg").Select(path => Path.GetFileName(path))];
        Assert.NotEmpty(plots);
        Assert.All(plots, plot => Assert.Contains($"](plots/{plot})", document, StringComparison.Ordinal));
    }

    private static void Same(string name, string drawn)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "plots")).FullName, name);
        File.WriteAllText(path, drawn);
        string published = Path.Combine(Folder, "docs", "plots", name);
        Assert.True(File.Exists(published) && File.ReadAllText(published) == drawn, $"docs/plots/{name} is not what the code draws now; that is {path}");
    }
}
