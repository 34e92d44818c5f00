using System.CommandLine;
using System.Text;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Measuring.Builds;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>baseline resolve</c>: one chain of the two baselines that a merge of branches left in one file.</summary>
internal static class BaselineResolveCommand
{
    private const string Ours = "ours", Theirs = "theirs", Newer = "newer";

    public static PerfCommand Create()
    {
        var which = new Argument<string>("KEY/SUITE|PATH") { Description = "HOST-KEY/SUITE, or the baseline's file with git's conflict in it." };
        var keep = new Option<string>("--keep") { Description = "Whose figures later runs are held against; newer is the side with the newest run. (In a rebase, ours is the branch rebased onto.)", HelpName = "ours|theirs|newer", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why that side; one line.", HelpName = "TEXT", Required = true };
        var with = new Option<string?>("--with") { Description = "The other side's file, where git does not have both: the file itself is ours then.", HelpName = "FILE" };
        return new PerfCommand("resolve", "Joins two baselines that two branches published over one: the side kept is published again over the other; the history keeps both whole.",
            "bitnet-perf baseline resolve baselines/HOST-KEY/quick.json --keep newer --reason \"both measured the merged kernel\"")
        { which, keep, reason, with, PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            string side = Word(context.Value(keep)!);
            if (BaselineInputs.Files(context, BaselineCommand.Store(context), context.Value(which)) is not [var named])
                throw CommandFailure.Usage($"{context.Value(which)} names several baselines; expected one: HOST-KEY/SUITE or its file");
            string path = context.Surroundings.Absolute(named);
            (Baseline ours, Baseline theirs) = context.Value(with) is { } other
                ? (InputFile.Read(context, named, BaselineVerification.Read), InputFile.Read(context, other, BaselineVerification.Read))
                : Sides(context, path, named);
            bool keepOurs = side == Ours || (side == Newer && Newest(ours) >= Newest(theirs));
            Baseline joined = BaselineMerge.Join(path, keepOurs ? ours : theirs, keepOurs ? theirs : ours, context.Value(reason)!, DateTimeOffset.UtcNow);
            BaselinePublishCommand.Tell(context, path, joined);
            context.WriteLines($"  keeps the figures of {(keepOurs ? Ours : Theirs)}; the history has both sides. Next: git add {ProgramName.Quoted(Path.GetDirectoryName(context.Surroundings.Shown(path))!)}");
            return ExitCode.Done;
        });
    }

    private static string Word(string text)
    {
        try
        {
            return SettingText.OneOf(text, Ours, Theirs, Newer);
        }
        catch (FormatException e)
        {
            throw CommandFailure.Usage($"--keep: {e.Message}");
        }
    }

    private static DateTimeOffset Newest(Baseline baseline) => baseline.Receipts.Max(receipt => receipt.CreatedUtc);

    /// <summary>As git keeps them while a merge is open; else as the markers in the file have them, which is the same where git merged no line on its own.</summary>
    private static (Baseline Ours, Baseline Theirs) Sides(CommandContext context, string path, string named)
    {
        byte[] content = InputFile.Read(context, named, AtomicFile.Read);
        if (Stage(path, 2) is { } ours && Stage(path, 3) is { } theirs)
            return (Verified(ours, named, Ours), Verified(theirs, named, Theirs));
        if (!MergeConflict.IsIn(content))
            throw CommandFailure.BadInput($"{named}: no merge conflict in it, and none that git knows of; expected one, or --with FILE");
        (byte[] first, byte[] second) = MergeConflict.Sides(content);
        return (Verified(first, named, Ours), Verified(second, named, Theirs));
    }

    private static Baseline Verified(byte[] content, string named, string side)
    {
        try
        {
            return BaselineVerification.Parse(content);
        }
        catch (ReceiptException e)
        {
            throw e.In($"{named} ({side})");
        }
    }

    // Without git the file itself may have both.
    private static byte[]? Stage(string path, int stage) => ExternalTool.AskGit(Path.GetDirectoryName(path)!, "show", $":{stage}:./{Path.GetFileName(path)}") is { } lines
        ? Encoding.UTF8.GetBytes(string.Join('\n', lines))
        : null;
}
