using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Baselines;

/// <summary>Holds a baseline that is about to be published against the one it would replace and against the oldest of the chain, shows both, and asks for a reason
/// where it would give something away.</summary>
/// <param name="lossReason">Why it may cost more; null when none was given.</param>
/// <param name="resultReason">Why it may compute something else; null when none was given.</param>
internal sealed class ChainReview(CommandContext context, string? lossReason, string? resultReason)
{
    /// <returns>The warnings that the baseline keeps for what was accepted.</returns>
    /// <exception cref="CommandFailure">It loses more than the threshold, or computes something else, and no reason was given.</exception>
    public IReadOnlyList<ReceiptWarning> Of(Baseline draft, BaselineChain? chain)
    {
        if (chain is null)
            return [];
        var warnings = new List<ReceiptWarning>();
        if (Compared(draft, chain.Head, "the baseline it takes the place of") is { } previous)
        {
            if (ChainLoss.OtherResults(previous) is [var wrong, ..] others)
                warnings.Add(Accepted(WarningCodes.ResultAccepted, chain.Head, $"{others.Count} workloads compute something else, first {wrong.Id}", resultReason, "--accept-result", ExitCode.WrongResult));
            AddLoss(warnings, previous, chain.Head, "the baseline it takes the place of");
        }
        if (chain.Oldest.Digest != chain.Head.Digest && Compared(draft, chain.Oldest, "the oldest of the chain") is { } whole)
            AddLoss(warnings, whole, chain.Oldest, "the oldest baseline of the chain");
        return warnings;
    }

    private void AddLoss(List<ReceiptWarning> warnings, ComparisonResult result, Baseline earlier, string which)
    {
        if (ChainLoss.Of(result) is not [var worst, ..] losses)
            return;
        string cost = worst.Ratio is { } ratio ? $"costs {Percent.Change(ratio)}" : "costs more";
        warnings.Add(Accepted(WarningCodes.LossAccepted, earlier, $"{worst.Id} {cost} against {which}{(losses.Count > 1 ? $", and {losses.Count - 1} more workloads" : "")}",
            lossReason, "--accept-loss", ExitCode.Regressed));
    }

    private static ReceiptWarning Accepted(string code, Baseline earlier, string what, string? reason, string option, ExitCode failure) => reason is null
        ? throw new CommandFailure(failure, $"not published: {what} ({BaselineText.Day(earlier.PublishedUtc)}, {earlier.Digest}); expected a reason: {option} TEXT")
        : new ReceiptWarning(code, earlier.Digest, $"{what}; accepted: {reason}");

    private ComparisonResult? Compared(Baseline draft, Baseline earlier, string which)
    {
        HashSet<string> known = [.. earlier.Receipts.Select(receipt => receipt.Run)];
        ReceiptSource[] before = Sources(earlier.Receipts), after = Sources(draft.Receipts.Where(receipt => !known.Contains(receipt.Run)));
        context.WriteLines($"Against {which}, published {BaselineText.Day(earlier.PublishedUtc)} ({earlier.Reason}):");
        if (after.Length == 0)
        {
            context.WriteLines("  every run was in it already: nothing is compared", "");
            return null;
        }
        ComparisonResult result = Comparing.Compare(context.Settings, before, after);
        ComparisonOutput.Write(context, result, NextSteps.Selection(after[^1].Receipt), all: false, reportPath: null);
        context.WriteLines("");
        return result;
    }

    private static ReceiptSource[] Sources(IEnumerable<Receipt> receipts) => [.. receipts.Select(receipt => new ReceiptSource(receipt.Run, receipt))];
}
