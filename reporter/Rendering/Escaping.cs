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

    /// <summary>Text in Markdown as code. Usual ids stand in backquotes; anything else goes into an HTML element with every sign as
    /// an entity, for within backquotes nothing can be escaped and within an element Markdown still reads.</summary>
    public static string Code(string? text)
    {
        string line = OneLine(text);
        if (line.Length > 0 && line.All(c => char.IsAsciiLetterOrDigit(c) || "/.,:;=+-_@ …()'\"%#*".Contains(c)) && line.Trim() == line) return $"`{line}`";
        return $"<code>{string.Concat(line.EnumerateRunes().Select(r => Rune.IsLetterOrDigit(r) || r.Value == ' ' ? r.ToString() : FormattableString.Invariant($"&#{r.Value};")))}</code>";
    }

    /// <summary>Text in HTML, within elements and quoted attributes.</summary>
    public static string Html(string? text) => WebUtility.HtmlEncode(OneLine(text));

    /// <summary>Text on one line that any format can hold: control characters become blanks, half a surrogate pair U+FFFD.</summary>
    public static string OneLine(string? text) =>
        string.Concat((text ?? "").EnumerateRunes().Select(r => Rune.IsControl(r) || r.Value is 0xFFFE or 0xFFFF ? " " : r.ToString()));
}
