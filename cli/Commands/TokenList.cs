using System.Globalization;

namespace BitNet.Perf.Cli.Commands;

/// <summary>The value of <c>--tokens</c>: ids separated by commas.</summary>
internal static class TokenList
{
    /// <summary>The ids; empty after calling <paramref name="error"/> when the text is none.</summary>
    public static int[] Parse(string text, Action<string> error)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            error("--tokens is empty; expected ids separated by commas, e.g. 1,2,3.");
            return [];
        }
        string[] parts = text.Split(',');
        var ids = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (int.TryParse(parts[i], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out ids[i])) continue;
            error($"--tokens has '{parts[i].Trim()}' in place {i + 1}; expected ids separated by commas, e.g. 1,2,3.");
            return [];
        }
        return ids;
    }
}
