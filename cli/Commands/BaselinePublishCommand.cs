using System.CommandLine;
using BitNet.Perf.Cli.Baselines;
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
        var allowDirty = new Option<bool>("--allow-dirty") { Description = "Take builds that no commit gives again; the baseline keeps a warning with the reason." };
        var allowMixed = new Option<bool>("--allow-mixed-commits") { Description = "Take runs of different commits; the baseline keeps a warning with the reason." };
        var acceptLoss = new Option<string?>("--accept-loss") { Description = "Why workloads may cost more than in the last or the oldest baseline of the chain, beyond the threshold.", HelpName = "TEXT" };
        var acceptResult = new Option<string?>("--accept-result") { Description = "Why workloads may compute something else than in the last baseline.", HelpName = "TEXT" };
        return new PerfCommand("publish", "Makes receipts the baseline of their host and suite, in place of the one that is there, which is kept as history; shows what changed against it and the oldest one kept.",
            "bitnet-perf baseline publish artifacts/*/receipt.json --reason \"after the AVX-512 rewrite\"")
        { receipts, reason, allowDirty, allowMixed, acceptLoss, acceptResult, PerfSettings.Threshold.ToOption(), PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            BaselineStore store = BaselineCommand.Store(context);
            IReadOnlyList<(string Path, Receipt Receipt)> sources = ReceiptSources.Read(context.Value(receipts).Select(context.Surroundings.Openable));
            var terms = new PublicationTerms(context.Value(reason)!, DateTimeOffset.UtcNow) { AllowDirty = context.Value(allowDirty), AllowMixedCommits = context.Value(allowMixed) };
            Baseline draft = BaselinePublication.Create(sources, terms);
            Baseline? predecessor = store.Find(draft.HostKey, draft.Suite);
            BaselineChain? chain = predecessor is null ? null : BaselineChain.Read(store.PathOf(draft.HostKey, draft.Suite));
            var review = new ChainReview(context, Reason(context, acceptLoss), Reason(context, acceptResult));
            draft = BaselinePublication.With(draft, review.Of(draft, chain));
            (string path, Baseline baseline) = store.Publish(draft, predecessor);
            Tell(context, path, baseline);
            return ExitCode.Done;
        });
    }

    /// <summary>An acceptance without a word is none.</summary>
    private static string? Reason(CommandContext context, Option<string?> option) => context.Value(option)?.Trim() switch
    {
        null => null,
        "" => throw CommandFailure.Usage($"{option.Name}: expected one line that says why"),
        var text => text,
    };

    /// <summary>What is in the file now, and what was let pass.</summary>
    internal static void Tell(CommandContext context, string path, Baseline baseline)
    {
        context.Out.WriteLine(context.Surroundings.Shown(path));
        context.Out.WriteLine($"  {Runs(baseline.Receipts.Count)} of suite {baseline.Suite} on {baseline.HostKey}, {baseline.Digest}");
        if (baseline.Supersedes is { } replaced)
            context.Out.WriteLine($"  takes the place of {replaced}");
        foreach (ReceiptWarning warning in baseline.Warnings)
            context.Tell(Display.ReceiptText.Warning(warning));
    }

    private static string Runs(int count) => count == 1 ? "1 run" : $"{count} runs";
}
