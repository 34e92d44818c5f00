using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Cli.Inputs;

/// <summary>Baselines as the user names them.</summary>
internal static class BaselineInputs
{
    /// <param name="context">Gives the working folder.</param>
    /// <param name="store">Where keys are looked up.</param>
    /// <param name="name">A file; else a host key, which stands for all its suites, or HOST-KEY/SUITE.</param>
    /// <exception cref="CommandFailure">There is no such baseline; says which there are.</exception>
    public static IReadOnlyList<string> Files(CommandContext context, BaselineStore store, string name)
    {
        if (File.Exists(context.Surroundings.Absolute(name)))
            return [name];
        IReadOnlyList<BaselineEntry> entries = store.List();
        string key = name.TrimEnd('/');
        string[] found = [.. entries.Where(entry => entry.HostKey == key || $"{entry.HostKey}/{entry.Suite}" == key).Select(entry => entry.Path)];
        if (found.Length > 0)
            return found;
        string there = entries.Count == 0 ? "none" : string.Join(", ", entries.Select(entry => $"{entry.HostKey}/{entry.Suite}"));
        throw CommandFailure.BadInput($"{name}: no such baseline file, and no baseline of that key in {context.Surroundings.Shown(store.Folder)} (there: {there})");
    }
}
