using System.Text.Json;
using BitNet.Perf.Receipts.Json;

namespace BitNet.Perf.Receipts.Import;

/// <summary>llama-bench's output as JSON: one array, one object, or an object a line.</summary>
internal static class LlamaBenchLines
{
    /// <returns>At least one document, to be disposed of.</returns>
    /// <exception cref="ReceiptException">Not JSON, with the line.</exception>
    public static List<JsonDocument> Parse(byte[] content, string expected)
    {
        ReadOnlyMemory<byte> text = StrictJson.WithoutMark(content);
        if (!HasSeveralObjects(text.Span))
            return [ForeignJson.Parse(content, expected)];
        List<JsonDocument> documents = [];
        long line = 0;
        while (!text.IsEmpty)
        {
            line++;
            int end = text.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> one = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (one.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            if (!System.Text.Unicode.Utf8.IsValid(one.Span))
                throw ForeignJson.Fault(FormattableString.Invariant($"line {line}"), "not UTF-8", "text in UTF-8");
            documents.Add(ForeignJson.ParseText(one, line, $"a test a line; {expected}"));
        }
        return documents;
    }

    // A line that begins with a brace begins an object of its own unless the one before is still open, as in one that is printed over several lines.
    private static bool HasSeveralObjects(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = text.TrimStart(" \t\r\n"u8);
        if (!start.StartsWith("{"u8))
            return false;
        int end = start.IndexOf((byte)'\n');
        return (end < 0 ? start : start[..end]).Trim(" \t\r"u8).Length > 1;
    }
}
