using System.CommandLine;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Reporter.History;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>history change-points</c>: changes of level of every series, as an alarm each night would have told of them.</summary>
internal static class ChangePointsCommand
{
    /// <summary>Points at the end of a series within which a change that costs more is new.</summary>
    private const int NewPoints = 30;

    public static PerfCommand Create()
    {
        var csv = new Option<string>("--csv") { Description = $"Series to look at: a CSV with the header {SeriesCsv.Header}, indexes from 0 without a gap, one value a night, more is slower.", HelpName = "FILE", Required = true };
        var failOn = new Option<string>("--fail-on") { Description = $"new: exit 1 where a series went up within its last {NewPoints} points and has not come back.", HelpName = "none|new", DefaultValueFactory = _ => "none" };
        failOn.AcceptOnlyFromAmong("none", "new");
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand("change-points", "Finds when the level of a series changed: steps and slopes, with single outliers and jumping between two levels named as such.",
            "bitnet-perf history change-points --csv nights.csv",
            "bitnet-perf history change-points --csv nights.csv --fail-on new --json")
        {
            csv, failOn, json,
        };
        return command.Does(context =>
        {
            IReadOnlyList<NamedSeries> series = InputFile.Read(context, context.Value(csv)!, path => SeriesCsv.Parse(AtomicFile.Read(path)));
            SeriesAnalysis[] found = new SeriesAnalysis[series.Count];
            Parallel.For(0, series.Count, i => found[i] = SeriesAnalysis.Of(series[i].Values));
            (string Name, SeriesAnalysis Analysis)[] named = [.. series.Zip(found, (one, analysis) => (one.Name, analysis))];
            if (context.Value(json))
                JsonOutput.Write(context.Out, ChangePointsJson.Of(named));
            else
                context.WriteLines(ChangePointsText.Lines(named));
            return context.Value(failOn) == "new" && found.Any(analysis => analysis.SlowedWithin(NewPoints)) ? ExitCode.Regressed : ExitCode.Done;
        });
    }
}
