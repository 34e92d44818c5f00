using System.Diagnostics;
using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Simulations.Speed;

/// <summary>The comparer's speed on two large receipts, stage by stage, and of the whole program if one is named.</summary>
internal static class SpeedCommand
{
    /// <returns>0; 64 for wrong usage.</returns>
    public static int Run(IReadOnlyList<string> words)
    {
        if (words.Count > 2 || (words.Count > 0 && words[0] != "--folder") || words.Count == 1)
        {
            Console.Error.WriteLine(SimulationArguments.Usage);
            return 64;
        }
        string folder = words.Count == 2 ? words[1] : Directory.CreateTempSubdirectory("bitnet-perf-speed-").FullName;
        Directory.CreateDirectory(folder);
        string[] paths = SpeedFiles.Write(folder);
        foreach (string path in paths) Console.Out.WriteLine($"{path}  {new FileInfo(path).Length / 1e6:0.0} MB");

        Receipt[] receipts = Stage("read and verify both", () => paths.Select(ReceiptVerification.Read).ToArray());
        ReceiptSource[] sources = [.. paths.Zip(receipts, (path, receipt) => new ReceiptSource(path, receipt))];
        ComparisonResult result = Stage("compare", () =>
            BaselineComparison.Compare(SideOfRuns.Baseline([sources[0]]), SideOfRuns.Candidate([sources[1]]), new ComparisonOptions()));
        Console.Out.WriteLine($"exit code {result.ExitCode}, {result.Workloads.Count} workloads");
        return 0;
    }

    private static T Stage<T>(string name, Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        T value = work();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24}{clock.Elapsed.TotalSeconds,8:0.000} s"));
        return value;
    }
}
