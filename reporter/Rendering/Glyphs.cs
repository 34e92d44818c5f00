using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Signs for terminals that show Unicode and for those that do not.</summary>
public sealed record Glyphs(
    string Regressed, string Improved, string Equivalent, string NotSlower, string Undecided, string Incomparable,
    string Ellipsis, string Dot, string Micro, string AtMost, string Threshold, string Dash)
{
    public static Glyphs Unicode { get; } = new("✗", "✓", "=", "≤", "?", "≠", "…", "·", "µ", "≤", "τ", "–");
    public static Glyphs Ascii { get; } = new("X", "+", "=", "<", "?", "!", "..", "-", "u", "<=", "threshold", "-");

    public string Of(Verdict verdict) => verdict switch
    {
        Verdict.Regressed => Regressed,
        Verdict.Improved => Improved,
        Verdict.Equivalent => Equivalent,
        Verdict.NotSlower => NotSlower,
        Verdict.Undecided => Undecided,
        _ => Incomparable,
    };

    /// <summary>Text for a terminal: no control characters; without Unicode, our own few signs replaced, ids and paths left as they are.</summary>
    public string Plain(string text) => this == Unicode ? Escaping.OneLine(text) : Replaced(Escaping.OneLine(text));

    private string Replaced(string text) =>
        text.Replace("…", Ellipsis, StringComparison.Ordinal).Replace("µ", Micro, StringComparison.Ordinal).Replace("≤", AtMost, StringComparison.Ordinal)
            .Replace("·", Dot, StringComparison.Ordinal).Replace("–", Dash, StringComparison.Ordinal).Replace("τ", Threshold, StringComparison.Ordinal)
            .Replace("≥", ">=", StringComparison.Ordinal).Replace("σ", "sigma", StringComparison.Ordinal);
}

/// <summary>How a piece of text stands out. Colour never says anything that a sign or word does not.</summary>
public enum TextTone { Plain, Bad, Good, Unsure, Dim, Strong }

/// <summary>Puts tones on text with the escape sequences of ECMA-48, or leaves it plain.</summary>
public sealed class Palette(bool color)
{
    public string Paint(string text, TextTone tone) => !color || tone == TextTone.Plain || text.Length == 0 ? text : $"\u001b[{Code(tone)}m{text}\u001b[0m";

    public static TextTone Of(Verdict verdict) => verdict switch
    {
        Verdict.Regressed or Verdict.Incomparable => TextTone.Bad,
        Verdict.Improved => TextTone.Good,
        Verdict.Undecided => TextTone.Unsure,
        _ => TextTone.Dim,
    };

    private static string Code(TextTone tone) => tone switch
    {
        TextTone.Bad => "31",
        TextTone.Good => "32",
        TextTone.Unsure => "33",
        TextTone.Dim => "2",
        _ => "1",
    };
}
