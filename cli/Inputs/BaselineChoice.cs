using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Inputs;

/// <summary>What <c>--baseline</c> stands for.</summary>
/// <param name="Wanted">False for "none".</param>
/// <param name="Path">The file or folder, or where the stored baseline would be.</param>
/// <param name="Sources">Its receipts, verified; none when "auto" found no stored baseline.</param>
internal sealed record BaselineChoice(bool Wanted, string Path, IReadOnlyList<ReceiptSource> Sources)
{
    public const string Auto = "auto", None = "none";

    private const string History = "history:";

    /// <param name="text">"auto", "none" or a path.</param>
    /// <param name="store">Folder of the stored baselines.</param>
    /// <param name="hostKey">Of the candidate.</param>
    /// <param name="suite">Of the candidate.</param>
    /// <exception cref="ReceiptException">The path holds no sound receipt or baseline, or the stored baseline is damaged.</exception>
    public static BaselineChoice Read(CommandContext context, string text, string store, string hostKey, string suite)
    {
        if (text == None)
            return new BaselineChoice(false, "", []);
        if (IsHistory(text))
            throw CommandFailure.Usage($"--baseline: \"{text}\": the store of history is not part of this version; expected a path (a folder with the receipts of the last nights is one) or {Auto}");
        if (text != Auto)
            return new BaselineChoice(true, text, Receipts(context, [text]));
        string path = new BaselineStore(store).PathOf(hostKey, suite);
        return new BaselineChoice(true, path, File.Exists(path) ? Receipts(context, [path]) : []);
    }

    /// <summary>The candidate's receipts and, where it takes nothing of them to find it, the baseline, read at the same time.</summary>
    /// <returns>Null for a baseline that is not a path: <see cref="Read"/> knows what it stands for.</returns>
    public static (BaselineChoice? Named, IReadOnlyList<ReceiptSource> Candidate) ReadBeside(CommandContext context, string text, IReadOnlyList<string> candidate)
    {
        if (text is None or Auto || IsHistory(text))
            return (null, Receipts(context, candidate));
        (IReadOnlyList<ReceiptSource> named, IReadOnlyList<ReceiptSource> after) = Receipts(context, [text], candidate);
        return (new BaselineChoice(true, text, named), after);
    }

    private static bool IsHistory(string text) => text.StartsWith(History, StringComparison.Ordinal);

    /// <summary>The receipts of both sides, read at the same time: verifying large ones takes a processor each.</summary>
    public static (IReadOnlyList<ReceiptSource> Baseline, IReadOnlyList<ReceiptSource> Candidate) Receipts(
        CommandContext context, IReadOnlyList<string> baseline, IReadOnlyList<string> candidate)
    {
        Task<IReadOnlyList<ReceiptSource>> before = Task.Run(() => Receipts(context, baseline));
        IReadOnlyList<ReceiptSource> after = Receipts(context, candidate);
        return (before.GetAwaiter().GetResult(), after);
    }

    /// <summary>Verified receipts of files, baselines and folders, each with the name that messages and reports give it.</summary>
    public static IReadOnlyList<ReceiptSource> Receipts(CommandContext context, IEnumerable<string> paths) =>
        [.. ReceiptSources.Read(paths.Select(context.Surroundings.Openable)).Select(source => new ReceiptSource(context.Surroundings.Shown(source.Path), source.Receipt))];
}
