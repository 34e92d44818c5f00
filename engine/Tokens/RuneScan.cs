using System.Text;

namespace BitNet.Engine.Tokens;

/// <summary>Steps over runes in UTF-16 text. An unpaired surrogate counts as U+FFFD, which is also what it is encoded as.</summary>
internal static class RuneScan
{
    /// <summary>The rune at <paramref name="position"/> and its UTF-16 units; false at the end.</summary>
    public static bool TryAt(ReadOnlySpan<char> text, int position, out Rune rune, out int units)
    {
        if (position < text.Length)
        {
            Rune.DecodeFromUtf16(text[position..], out rune, out units);
            return true;
        }

        rune = default;
        units = 0;
        return false;
    }

    /// <summary>Whether a rune of the class stands at <paramref name="position"/>; false at the end.</summary>
    public static bool Is<TClass>(ReadOnlySpan<char> text, int position)
        where TClass : struct, IRuneClass =>
        TryAt(text, position, out Rune rune, out _) && TClass.Contains(rune);

    /// <summary>The first position from <paramref name="position"/> on that is not of the class.</summary>
    public static int Skip<TClass>(ReadOnlySpan<char> text, int position)
        where TClass : struct, IRuneClass
    {
        while (TryAt(text, position, out Rune rune, out int units) && TClass.Contains(rune))
            position += units;
        return position;
    }

    /// <summary>As <see cref="Skip{TClass}"/>, over at most <paramref name="most"/> runes.</summary>
    public static int SkipUpTo<TClass>(ReadOnlySpan<char> text, int position, int most)
        where TClass : struct, IRuneClass
    {
        for (; most > 0 && TryAt(text, position, out Rune rune, out int units) && TClass.Contains(rune); most--)
            position += units;
        return position;
    }
}
