using System.Text;

namespace BitNet.Engine.Gguf;

/// <summary>Text from a file made safe to print on one line.</summary>
public static class Printable
{
    /// <summary>Control characters as \u escapes (line feed as \n), so that the text stays on one line.</summary>
    public static string Line(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var line = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            if (c == '\n') line.Append("\\n");
            else if (char.IsControl(c)) line.Append($"\\u{(int)c:x4}");
            else line.Append(c);
        }
        return line.ToString();
    }

    /// <summary>As <see cref="Line"/>, cut to at most <paramref name="length"/> characters with an ellipsis.</summary>
    public static string Short(string text, int length)
    {
        string line = Line(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }
}
