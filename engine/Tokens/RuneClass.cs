using System.Text;

namespace BitNet.Engine.Tokens;

/// <summary>
/// Classes of Unicode scalar values, as the expressions of spec 7.2 name them. They look at whole runes: .NET's own expressions look at
/// UTF-16 units and would take letters beyond U+FFFF for surrogates.
/// </summary>
internal interface IRuneClass
{
    static abstract bool Contains(Rune rune);
}

/// <summary><c>\p{N}</c>: decimal digits, letter numbers, other numbers.</summary>
internal readonly struct Numbers : IRuneClass
{
    public static bool Contains(Rune rune) => Rune.IsNumber(rune);
}

/// <summary><c>[\p{P}\$\+&lt;=&gt;\^~\|]</c>: punctuation, and all ASCII symbols but the back quote.</summary>
internal readonly struct PunctuationAndSymbols : IRuneClass
{
    public static bool Contains(Rune rune) =>
        Rune.IsPunctuation(rune) || (rune.IsAscii && rune.Value is '$' or '+' or '<' or '=' or '>' or '^' or '~' or '|');
}

/// <summary><c>[^\s\p{L}\p{N}]</c>: what is neither white space nor letter nor number.</summary>
internal readonly struct Other : IRuneClass
{
    public static bool Contains(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsLetter(rune) && !Rune.IsNumber(rune);
}

/// <summary><c>\p{L}</c>.</summary>
internal readonly struct Letters : IRuneClass
{
    public static bool Contains(Rune rune) => Rune.IsLetter(rune);
}

/// <summary><c>\s</c>.</summary>
internal readonly struct WhiteSpace : IRuneClass
{
    public static bool Contains(Rune rune) => Rune.IsWhiteSpace(rune);
}

/// <summary><c>[\r\n]</c>.</summary>
internal readonly struct LineEnds : IRuneClass
{
    public static bool Contains(Rune rune) => rune.Value is '\r' or '\n';
}
