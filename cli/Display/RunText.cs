using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>The summary that a run ends with.</summary>
public static class RunText
{
    public static IEnumerable<string> Lines(Receipt receipt)
    {
        TimeSpan measured = TimeSpan.FromSeconds(receipt.Launches.Sum(launch => launch.WallSeconds));
        yield return $"{receipt.Run}  suite {receipt.Suite}, {LaunchCounts.Of(receipt)}, {FigureText.Duration(measured)} measured";
        yield return $"host  {receipt.HostKey}";
        if (receipt.Model is { } model)
            yield return $"model {model.File}, {Figures.Value(model.Bytes, "B")}{(model.Synthetic ? ", synthetic weights" : "")}";
        yield return "";
        foreach (string line in WorkloadTable.Lines(receipt))
            yield return line;
        yield return "";
        if (EffectiveBandwidth.Of(receipt) is { } bandwidth)
        {
            yield return $"effective bandwidth of {bandwidth.Workload}:";
            yield return $"  {bandwidth.Line}";
        }
        yield return "spread: standard deviation between launches";
        yield return "GB/s, GMAC/s: bytes that must be read at least once, multiply-adds, a second";
        yield return "of read, of mac: shares of what probe/read and probe/mac reach, by launch";
    }
}
