using System.Text;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Lines of a terminal page: wraps, aligns, paints. Widths count characters, not escape sequences.</summary>
internal sealed class TextPage(ComparisonTextOptions options)
{
    private readonly StringBuilder _text = new();

    public ComparisonTextOptions Options { get; } = options;
    public int Width { get; } = Math.Max(40, options.Width);
    public Glyphs Glyphs { get; } = options.Unicode ? Glyphs.Unicode : Glyphs.Ascii;
    public Palette Palette { get; } = new(options.Color);

    public void Raw(string painted) => _text.Append(painted.TrimEnd()).Append('\n');

    public void Blank() => _text.Append('\n');

    public void Line(string text, TextTone tone) => Raw(Palette.Paint(Glyphs.Plain(text), tone));

    /// <summary>Words wrapped at the width; lines after the first begin with the indent.</summary>
    public void Wrapped(string text, string indent, TextTone tone, string first = "")
    {
        string lead = first, line = "";
        foreach (string word in Glyphs.Plain(text).Split(' '))
        {
            if (line.Length > 0 && lead.Length + line.Length + 1 + word.Length > Width)
            {
                Raw(lead + Palette.Paint(line, tone));
                (lead, line) = (indent, word);
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }
        Raw(lead + Palette.Paint(line, tone));
    }

    /// <summary>Facts in one indented line, four blanks apart, on as many lines as it takes.</summary>
    public void Facts(params string[] facts)
    {
        string line = "";
        foreach (string fact in facts.Select(Glyphs.Plain))
        {
            if (line.Length > 0 && line.Length + 4 + fact.Length > Width)
            {
                Raw(line);
                line = "";
            }
            line = line.Length == 0 ? $"  {fact}" : $"{line}    {fact}";
        }
        Raw(line);
    }

    /// <summary>A few ids, one a line, the rest counted.</summary>
    public void Ids(IEnumerable<string> ids)
    {
        const int Most = 5;
        string[] all = [.. ids];
        int shown = Options.All || all.Length <= Most + 1 ? all.Length : Most;
        foreach (string id in all.Take(shown)) Raw($"    {Escaping.OneLine(id)}");
        if (shown < all.Length) Raw(FormattableString.Invariant($"    and {all.Length - shown} more (--all)"));
    }

    /// <summary>A command, whole so that it can be copied, and its purpose behind it or, where there is no room, on the line below.</summary>
    public void Command(string lead, string command, string purpose)
    {
        string line = lead + Escaping.OneLine(command);
        if (line.Length + 3 + purpose.Length <= Width)
        {
            Raw($"{line}{new string(' ', Width - line.Length - purpose.Length)}{Palette.Paint(purpose, TextTone.Dim)}");
            return;
        }
        Raw(line);
        Raw($"        {Palette.Paint(purpose, TextTone.Dim)}");
    }

    public override string ToString() => _text.ToString();
}

/// <summary>One line made of pieces in different tones.</summary>
internal sealed class TextLine(TextPage page)
{
    private readonly StringBuilder _painted = new();
    private int _length;

    public bool IsEmpty => _length == 0;

    public int Length => _length;

    public TextLine Add(string text, TextTone tone = TextTone.Plain)
    {
        string plain = page.Glyphs.Plain(text);
        _painted.Append(page.Palette.Paint(plain, tone));
        _length += plain.Length;
        return this;
    }

    /// <summary>Text aligned to the right end of a column that ends at the position; one blank at least before it.</summary>
    public TextLine AddRight(string text, int end, TextTone tone = TextTone.Plain)
    {
        string plain = page.Glyphs.Plain(text);
        return Add(new string(' ', Math.Max(_length == 0 ? 0 : 1, end - _length - plain.Length))).Add(plain, tone);
    }

    public TextLine AlignRight(string text) => AddRight(text, page.Width);

    public void End() => page.Raw(_painted.ToString());
}
