using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>What was unusual about a run, or stands against its figures, a paragraph each: "**Title**: text".</summary>
internal static class SummaryNotes
{
    /// <summary>Launches that differ by more than this share say little by their median.</summary>
    private const double NotableSpread = 0.05;

    /// <summary>The breakdown's clock readings cost something; beyond this share it is another situation that was timed.</summary>
    private const double NotableGap = 0.05;

    public static IReadOnlyList<string> Of(Receipt receipt, WorkloadRecord? headline) =>
    [
        // An error comes before what is only unusual.
        .. receipt.Warnings.Where(warning => warning.Code == WarningCodes.ResultDiffers).GroupBy(warning => warning.Code).Select(Warning),
        .. Program(receipt), .. Source(receipt), .. Machine(receipt), .. OfFigures(receipt, headline),
        .. receipt.Warnings.Where(warning => warning.Code != WarningCodes.ResultDiffers).GroupBy(warning => warning.Code).Select(Warning),
    ];

    private static IEnumerable<string> Program(Receipt receipt)
    {
        BuildDescription build = receipt.Build;
        if (receipt.Origin != ReceiptOrigin.Measured)
        {
            yield return $"**Not measured by this program**: the receipt is {receipt.Origin.ToString().ToLowerInvariant()}; of program and build nothing is known.";
            yield break;
        }
        if (build.Command is null)
            yield return "**Build Not Recorded**: no record of a build lay beside the program that measured, or it was of other assemblies; status, command and time are not known.";
        if (build.Command is { Exact: false })
            yield return "**Command Reconstructed**: the project was built in a helping process of MSBuild, so the command shown is an equivalent one.";
        if (build.Configuration != "Release")
            yield return $"**{build.Configuration} Build**: not optimised; a Release build's figures differ.";
        if (build.ExtraKernelWork is { } percent)
            yield return FormattableString.Invariant($"**Slowed On Purpose**: the quantiser does {percent} % more than it should.");
    }

    private static IEnumerable<string> Source(Receipt receipt)
    {
        if (receipt.Origin != ReceiptOrigin.Measured) yield break;
        if (receipt.Build.Commit is null)
            yield return "**Source Not Known**: the program was not built from a git checkout.";
        if (receipt.Build.Dirty == true)
            yield return "**Local Changes**: the checkout differed from its commit when it was built; the program cannot be built again from the commit alone.";
        if (receipt.Model is { Synthetic: true })
            yield return "**Synthetic Weights**: random weights of the model's exact shape; the timings mean something, the text does not.";
    }

    private static IEnumerable<string> Machine(Receipt receipt)
    {
        if (!SystemFacts.IsItsOwn(receipt)) yield break;
        if (receipt.Host.Virtualization is { } machine and not "none")
            yield return $"**Virtual Machine**: measured under {machine}; other guests share its caches and memory, so absolute figures vary with what they do.";
        if (receipt.Host.Container is { } container and not "none")
            yield return $"**Container**: measured in {container}{(receipt.Host.CpuLimitCores is { } limit ? FormattableString.Invariant($", limited to {limit:0.##} cores") : "")}.";
    }

    private static IEnumerable<string> OfFigures(Receipt receipt, WorkloadRecord? headline)
    {
        if (receipt.Status == RunStatus.Incomplete)
            yield return "**Incomplete Run**: it was interrupted; these are the launches it completed.";
        if (headline?.Summary.LaunchSpread is > NotableSpread and { } spread)
            yield return $"**Launches Differ**: the standard deviation between launches of {headline.Id} is {Figures.Spread(spread)}; a difference of that size means nothing.";
        if (headline?.Lossy == true)
            yield return $"**Lossy Head**: the head of {headline.Id} was rounded; its logits are not those of the model's F16 head.";
        if (headline is not null && receipt.Phases is { } phases && phases.Workload == headline.Id && BuildSummaryContents.NanosecondsPerToken(headline) is { } timed)
        {
            double gap = ((double)phases.TotalNanoseconds / phases.Tokens / timed) - 1;
            if (Math.Abs(gap) > NotableGap)
                yield return FormattableString.Invariant($"**Two Times**: the sequence of the breakdown took {gap * 100:+0.0;-0.0} % compared with the median of the timed iterations; each adds up in itself, and they were not mixed.");
        }
    }

    // One launch's warning says what that of the others says.
    private static string Warning(IGrouping<string, ReceiptWarning> group)
    {
        ReceiptWarning first = group.First();
        string more = group.Skip(1).Any() ? FormattableString.Invariant($" And {group.Count() - 1} more of this kind.") : "";
        return $"**{first.Code}**: {Escaping.Markdown((first.Subject is null ? "" : first.Subject + ": ") + first.Message)}.{more}";
    }
}
