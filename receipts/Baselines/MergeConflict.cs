using System.Text;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>A baseline's file as git leaves it when both branches published over one predecessor: both texts with markers between them.</summary>
public static class MergeConflict
{
    private static ReadOnlySpan<byte> OursMarker => "<<<<<<< "u8;
    private static ReadOnlySpan<byte> Divider => "======="u8;
    private static ReadOnlySpan<byte> TheirsMarker => ">>>>>>> "u8;

    // Of the style diff3: what both came from stands between.
    private static ReadOnlySpan<byte> BaseMarker => "||||||| "u8;

    public static bool IsIn(ReadOnlySpan<byte> content) => HasLine(content, OursMarker) && HasLine(content, TheirsMarker);

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Conflict"/>, with the command that resolves it.</exception>
    internal static void Refuse(ReadOnlySpan<byte> content, string path)
    {
        if (IsIn(content))
        {
            throw new ReceiptException(ReceiptFault.Conflict, path, null, "holds a merge conflict: both branches published this baseline",
                $"one chain again, as this makes it: bitnet-perf baseline resolve {path} --keep ours|theirs|newer --reason TEXT");
        }
    }

    /// <summary>Both texts. Where git merged lines outside of the markers from one side alone, they are those of neither, which their digests then show.</summary>
    public static (byte[] Ours, byte[] Theirs) Sides(ReadOnlyMemory<byte> content)
    {
        StringBuilder ours = new(), theirs = new();
        Part part = Part.Both;
        foreach (string line in Encoding.UTF8.GetString(content.Span).Split('\n'))
        {
            byte[] text = Encoding.UTF8.GetBytes(line);
            if (text.AsSpan().StartsWith(OursMarker))
                part = Part.Ours;
            else if (part == Part.Ours && text.AsSpan().StartsWith(BaseMarker))
                part = Part.Neither;
            else if (part is Part.Ours or Part.Neither && text.AsSpan().TrimEnd("\r"u8).SequenceEqual(Divider))
                part = Part.Theirs;
            else if (part == Part.Theirs && text.AsSpan().StartsWith(TheirsMarker))
                part = Part.Both;
            else
                Add(line);
        }
        return (Encoding.UTF8.GetBytes(ours.ToString()), Encoding.UTF8.GetBytes(theirs.ToString()));

        void Add(string line)
        {
            if (part is Part.Both or Part.Ours)
                ours.Append(line).Append('\n');
            if (part is Part.Both or Part.Theirs)
                theirs.Append(line).Append('\n');
        }
    }

    private static bool HasLine(ReadOnlySpan<byte> content, ReadOnlySpan<byte> marker)
    {
        int at = content.IndexOf(marker);
        while (at > 0 && content[at - 1] != '\n')
        {
            int next = content[(at + 1)..].IndexOf(marker);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return at >= 0;
    }

    private enum Part { Both, Ours, Neither, Theirs }
}
