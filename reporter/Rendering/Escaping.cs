using System.Net;
using System.Text;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Makes text of receipts (ids, messages, names of machines) safe to stand in Markdown tables and HTML. Templates call
/// these as <c>md</c>, <c>code</c> and <c>html</c>.</summary>
public static class Escaping
{
    private const string MarkdownSigns = "\\`*_[]<>|~#&";

    /// <summary>Text in a Markdown paragraph or table cell: every sign that could be markup is escaped, line breaks become blanks.</summary>
    public static string Markdown(string? text)
    {
        var result = new StringBuilder();
        foreach (char c in OneLine(text))
        {
            if (MarkdownSigns.Contains(c)) result.Append('\\');
            result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>Text in Markdown as code. Usual ids stand in backquotes; anything else goes into an HTML element with entities, for
    /// within backquotes nothing can be escaped.</summary>
    public static string Code(string? text)
    {
        string line = OneLine(text);
        return line.Length > 0 && line.All(c => char.IsAsciiLetterOrDigit(c) || "/.,:;=+-_@ …()'\"%#*".Contains(c)) && line.Trim() == line
            ? $"`{line}`"
            : $"<code>{Html(line).Replace("|", "&#124;", StringComparison.Ordinal)}</code>";
    }

    /// <summary>Text in HTML, within elements and quoted attributes.</summary>
    public static string Html(string? text) => WebUtility.HtmlEncode(OneLine(text));

    private static string OneLine(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c));
}
