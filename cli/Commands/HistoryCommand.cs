namespace BitNet.Perf.Cli.Commands;

/// <summary><c>history</c>: what values of many nights show together.</summary>
internal static class HistoryCommand
{
    public static PerfCommand Create() => new("history", "Looks at series of nightly values: when did something become slower, and how sure is that.",
        "bitnet-perf history change-points --csv nights.csv")
    {
        ChangePointsCommand.Create(),
    };
}
