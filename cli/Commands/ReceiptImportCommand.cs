using System.CommandLine;
using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>receipt import</c>: results of other harnesses become receipts that can be compared.</summary>
internal static class ReceiptImportCommand
{
    private const string Csv = "csv";

    public static PerfCommand Create()
    {
        var file = new Argument<string>("FILE") { Description = $"Samples as CSV with the header {SamplesCsv.Header}." };
        var from = new Option<string>("--from") { Description = "Format of the file.", HelpName = Csv, Required = true };
        var hostKey = new Option<string?>("--host-key")
        {
            Description = "Names the machine that measured: only receipts with the same key are compared. Without it this machine is taken to have measured.",
            HelpName = "KEY",
        };
        var output = new Option<string>("--out") { Description = "Receipt to write; one that is there is replaced.", HelpName = "FILE", Required = true };
        return new PerfCommand("import", "Makes a receipt of another harness's samples.",
            "bitnet-perf receipt import --from csv samples.csv --out base.json",
            "bitnet-perf receipt import --from csv samples.csv --host-key build-server-7 --out base.json")
        { file, from, hostKey, output }.Does(context =>
        {
            if (context.Value(from) is var format && format != Csv)
                throw CommandFailure.Usage($"--from: \"{format}\"; expected {Csv}");
            string? key = context.Value(hostKey);
            if (key is not null && !HostKey.IsWellFormed(key))
                throw CommandFailure.Usage($"--host-key: \"{key}\"; expected lower-case words and digits joined by hyphens, e.g. build-server-7");
            string path = context.Value(file), target = context.Value(output)!;
            if (context.Surroundings.Absolute(path) == context.Surroundings.Absolute(target))
                throw CommandFailure.Usage($"--out: {target} is the file that is read; expected another");
            IReadOnlyList<ImportedLaunch> launches = InputFile.Read(context, path, opened => ImportedLaunch.Of(SamplesCsv.Read(opened)));
            Receipt receipt = ReceiptFile.Write(context.Surroundings.Openable(target), ImportedReceipt.Of(launches, Facts(key)));
            context.WriteLines(
                context.Surroundings.Shown(target),
                $"  {Count(receipt.Workloads.Count, "workload")}, {Count(receipt.Launches.Count, "launch", "launches")}, {Count(launches.Sum(launch => launch.Rows.Count), "sample")} for host {receipt.HostKey}, {receipt.Digest}");
            foreach (ReceiptWarning warning in receipt.Warnings)
                context.Tell(Display.ReceiptText.Warning(warning));
            return ExitCode.Done;
        });
    }

    private static ImportFacts Facts(string? key)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        HostDescription host = HostProbe.Describe();
        BuildDescription build = BuildProbe.Describe(BuildProbe.CurrentEnvironment());
        string here = HostKey.From(host, RuntimeInformation.FrameworkDescription);
        return new ImportFacts
        {
            Run = RunName.Create(now),
            CreatedUtc = now,
            Generator = new Generator("bitnet-perf", typeof(ReceiptImportCommand).Assembly.GetName().Version?.ToString(3) ?? "0.0.0", WorkerProtocol.Version),
            HostKey = key ?? here,
            Host = host,
            Build = build,
            Warnings = key is not null ? [] : [new(WarningCodes.HostKeyAssumed, null, $"no host key was given: {here}, this machine's, was taken; --host-key KEY names another")],
        };
    }

    private static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";
}
