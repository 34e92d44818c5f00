using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Simulations.Speed;

/// <summary>The comparer's speed on two large receipts: stage by stage in this process, each after the one before, and of the whole program if it is named.</summary>
internal static class SpeedCommand
{
    /// <returns>0; 64 for wrong usage.</returns>
    public static int Run(IReadOnlyList<string> words)
    {
        string? folder = null, program = null;
        for (int i = 0; i < words.Count; i += 2)
        {
            if (i + 1 < words.Count && words[i] == "--folder")
            {
                folder = words[i + 1];
            }
            else if (i + 1 < words.Count && words[i] == "--program")
            {
                program = words[i + 1];
            }
            else
            {
                Console.Error.WriteLine($"{words[i]}: not understood; {SimulationArguments.Usage}");
                return 64;
            }
        }
        folder ??= Directory.CreateTempSubdirectory("bitnet-perf-speed-").FullName;
        Directory.CreateDirectory(folder);
        string[] paths = SpeedFiles.Write(folder);
        foreach (string path in paths) Console.Out.WriteLine($"{path}  {(new FileInfo(path).Length / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} MB");
        Stages(paths);
        if (program is not null) ProgramSpeed.Write(program, paths[0], paths[1]);
        return 0;
    }

    private static void Stages(string[] paths)
    {
        Receipt[] receipts = StageClock.Time("read and verify both", () =>
        {
            var before = Task.Run(() => ReceiptVerification.Read(paths[0]));
            Receipt after = ReceiptVerification.Read(paths[1]);
            return new[] { before.Result, after };
        });
        ReceiptSource[] sources = [.. paths.Zip(receipts, (path, receipt) => new ReceiptSource(path, receipt))];
        SideOfRuns baseline = SideOfRuns.Baseline([sources[0]]), candidate = SideOfRuns.Candidate([sources[1]]);
        var options = new ComparisonOptions();
        ComparisonResult result = StageClock.Time("compare, baseline", () => BaselineComparison.Compare(baseline, candidate, options));
        ComparisonResult paired = StageClock.Time("compare, paired", () => PairedComparison.Compare(baseline, candidate, options));
        foreach ((string method, ComparisonResult rendered) in new[] { ("baseline", result), ("paired", paired) })
        {
            StageClock.Time($"text, {method}", () => ComparisonText.Render(rendered, new ComparisonTextOptions { Width = 120, Unicode = true, Suite = receipts[1].Suite }));
            StageClock.Time($"json, {method}", () => ComparisonJson.Format(rendered));
            StageClock.Time($"markdown, {method}", () => Report.Render(ReportFormat.Markdown, candidate, rendered));
            Console.Out.WriteLine($"{method}: exit code {rendered.ExitCode}, {rendered.Workloads.Count} rows");
        }
    }
}
