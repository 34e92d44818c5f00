using System.CommandLine;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>baseline publish</c>: receipts of one host and suite become what later runs there are held against.</summary>
internal static class BaselinePublishCommand
{
    public static PerfCommand Create()
    {
        var receipts = new Argument<string[]>("RECEIPT") { Description = "Receipts of separate runs, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var reason = new Option<string>("--reason") { Description = "Why these figures are the ones to hold others against; one line.", HelpName = "TEXT", Required = true };
        var allowDirty = new Option<bool>("--allow-dirty") { Description = "Take builds that no commit gives again; the baseline keeps a warning." };
        return new PerfCommand("publish", "Makes receipts the baseline of their host and suite, in place of the one that is there.",
            "bitnet-perf baseline publish artifacts/*/receipt.json --reason \"after the AVX-512 rewrite\"")
        { receipts, reason, allowDirty, PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            BaselineStore store = BaselineCommand.Store(context);
            IReadOnlyList<(string Path, Receipt Receipt)> sources = ReceiptSources.Read(context.Value(receipts).Select(context.Surroundings.Openable));
            (string path, Baseline baseline) = store.Publish(sources, context.Value(reason)!, DateTimeOffset.UtcNow, context.Value(allowDirty));
            context.Out.WriteLine(context.Surroundings.Shown(path));
            context.Out.WriteLine($"  {Runs(baseline.Receipts.Count)} of suite {baseline.Suite} on {baseline.HostKey}, {baseline.Digest}");
            if (baseline.Supersedes is { } replaced)
                context.Out.WriteLine($"  takes the place of {replaced}");
            foreach (ReceiptWarning warning in baseline.Warnings)
                context.Tell(Display.ReceiptText.Warning(warning));
            return ExitCode.Done;
        });
    }

    private static string Runs(int count) => count == 1 ? "1 run" : $"{count} runs";
}
