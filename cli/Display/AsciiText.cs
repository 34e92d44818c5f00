using System.Text;

namespace BitNet.Perf.Cli.Display;

/// <summary>The symbols of our own texts for terminals that show no more than ASCII; text of the user's stays as it is.</summary>
public static class AsciiText
{
    private static readonly Dictionary<char, string> Symbols = new()
    {
        ['✗'] = "X",
        ['✓'] = "+",
        ['µ'] = "u",
        ['±'] = "+-",
        ['…'] = "...",
        ['·'] = "-",
        ['→'] = "->",
        ['≤'] = "<=",
        ['≥'] = ">=",
        ['×'] = "x",
        ['÷'] = "/",
        ['–'] = "-",
        ['−'] = "-",
        ['τ'] = "tau",
        ['α'] = "alpha",
        ['σ'] = "sigma",
    };

    public static string Of(string text)
    {
        if (text.All(char.IsAscii))
            return text;
        var ascii = new StringBuilder(text.Length);
        foreach (char c in text)
            ascii.Append(Symbols.GetValueOrDefault(c) ?? c.ToString());
        return ascii.ToString();
    }
}
