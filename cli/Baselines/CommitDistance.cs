using System.Globalization;
using BitNet.Perf.Cli.Measuring.Builds;

namespace BitNet.Perf.Cli.Baselines;

/// <summary>How many commits lie between two, as the checkout around a folder knows.</summary>
internal static class CommitDistance
{
    /// <param name="folder">In a checkout, or not.</param>
    /// <param name="from">Commit of a baseline; null when it is not known.</param>
    /// <param name="to">A later commit, or HEAD.</param>
    /// <returns>Commits that <paramref name="to"/> has and <paramref name="from"/> has not; null without git, a checkout or either commit in it.</returns>
    public static int? Between(string folder, string? from, string? to)
    {
        if (from is null || to is null || from == to)
            return from is not null && from == to ? 0 : null;
        return InCheckout(folder) && ExternalTool.AskGit(folder, "rev-list", "--count", "--end-of-options", $"{from}..{to}") is [var line, ..]
            && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;
    }

    private static bool InCheckout(string folder)
    {
        for (string? place = Path.GetFullPath(folder); place is not null; place = Path.GetDirectoryName(place))
        {
            if (Path.Exists(Path.Combine(place, ".git")))
                return true;
        }
        return false;
    }
}
