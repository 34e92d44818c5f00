using System.CommandLine;
using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>receipt import</c>: results of other harnesses become receipts that can be compared, figures of other engines receipts that stand beside ours.</summary>
internal static class ReceiptImportCommand
{
    public static PerfCommand Create()
    {
        var files = new Argument<string[]>("FILE") { Description = $"One of these: {Formats()}.", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string>("--from") { Description = "Format of the files.", HelpName = string.Join('|', ImportFormat.All.Select(format => format.Name)), Required = true };
        var hostKey = new Option<string?>("--host-key")
        {
            Description = "Names the machine that measured: only receipts with the same key are compared. Without it this machine is taken to have measured.",
            HelpName = "KEY",
        };
        var output = new Option<string>("--out") { Description = "Receipt to write; one that is there is replaced.", HelpName = "FILE", Required = true };
        return new PerfCommand("import", "Makes a receipt of another harness's samples, or of published figures.",
            "bitnet-perf receipt import --from csv samples.csv --out base.json",
            "bitnet-perf receipt import --from llama-bench first.json second.json --host-key build-server-7 --out llama.json")
        { files, from, hostKey, output }.Does(context =>
        {
            ImportFormat format = ImportFormat.All.FirstOrDefault(known => known.Name == context.Value(from))
                ?? throw CommandFailure.Usage($"--from: \"{context.Value(from)}\"; expected one of {ImportFormat.Names}");
            string? key = context.Value(hostKey);
            if (key is not null && !HostKey.IsWellFormed(key))
                throw CommandFailure.Usage($"--host-key: \"{key}\"; expected lower-case words and digits joined by hyphens, e.g. build-server-7");
            string target = context.Value(output)!;
            string[] paths = context.Value(files)!;
            Require(context, format, paths, target);
            ImportedFile file = Read(context, format, paths);
            ImportFacts facts = Facts(key, file);
            Receipt made = file.Origin == ReceiptOrigin.External ? ExternalReceipt.Of(file, facts) : ImportedReceipt.Of(file.Launches, facts);
            Receipt receipt = ReceiptFile.Write(context.Surroundings.Openable(target), made);
            Tell(context, target, receipt);
            return ExitCode.Done;
        });
    }

    private static string Formats() => string.Join("; ", ImportFormat.All.Select(format => $"{format.Name}: {format.Describes}"));

    private static void Require(CommandContext context, ImportFormat format, string[] paths, string target)
    {
        if (paths.Length > 1 && !format.SeveralFiles)
            throw CommandFailure.Usage($"FILE: {paths.Length} files; {format.Name} takes one");
        string[] full = [.. paths.Select(context.Surroundings.Absolute)];
        if (full.Contains(context.Surroundings.Absolute(target)))
            throw CommandFailure.Usage($"--out: {target} is the file that is read; expected another");
        if (full.Distinct().Count() < full.Length)
            throw CommandFailure.Usage("FILE: the same file twice would look like two launches that agree");
    }

    private static ImportedFile Read(CommandContext context, ImportFormat format, string[] paths) =>
        ImportedFile.Join([.. paths.Select(path => (path, InputFile.Read(context, path, full => format.Parse(AtomicFile.Read(full)))))]);

    private static void Tell(CommandContext context, string target, Receipt receipt)
    {
        int samples = receipt.Workloads.Sum(workload => workload.Launches.Sum(launch => launch.Values.Count));
        context.WriteLines(
            context.Surroundings.Shown(target),
            $"  {Count(receipt.Workloads.Count, "workload")}, {Count(receipt.Launches.Count, "launch", "launches")}, {Count(samples, "sample")} for host {receipt.HostKey}, {receipt.Digest}");
        foreach (ReceiptWarning warning in receipt.Warnings)
            context.Tell(Display.ReceiptText.Warning(warning));
    }

    private static ImportFacts Facts(string? key, ImportedFile file)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        HostDescription host = HostProbe.Describe();
        BuildDescription build = BuildProbe.DescribeCode(BuildProbe.CurrentEnvironment());
        bool external = file.Origin == ReceiptOrigin.External;
        string here = HostKey.From(host, RuntimeInformation.FrameworkDescription);
        return new ImportFacts
        {
            Run = RunName.Create(now),
            CreatedUtc = now,
            Generator = new Generator("bitnet-perf", typeof(ReceiptImportCommand).Assembly.GetName().Version?.ToString(3) ?? "0.0.0", WorkerProtocol.Version),
            HostKey = key ?? (external ? ExternalReceipt.HostKeyOf(file.Host) : here),
            Host = file.Host?.Describe() ?? host,
            Build = build,
            Source = file.Source,
            Work = file.Work,
            Warnings = [.. file.Warnings, .. key is not null || external ? [] : Assumed(here, host, file.Host)],
        };
    }

    // Harnesses spell a processor's name differently, so that another spelling proves nothing; it is said, not refused.
    private static ReceiptWarning[] Assumed(string here, HostDescription host, ToldHost? told)
    {
        string other = told?.Processor is string name && name != host.Cpu.Name ? $"; the file names the processor \"{name}\", this machine's is \"{host.Cpu.Name ?? "unknown"}\"" : "";
        return [new(WarningCodes.HostKeyAssumed, null, $"no host key was given: {here}, this machine's, was taken; --host-key KEY names another{other}")];
    }

    private static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";
}
