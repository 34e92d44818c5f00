using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts;

/// <summary>Receipts as files.</summary>
public static class ReceiptFile
{
    /// <summary>Reads the structure strictly; does not check digest and arithmetic: that is ReceiptVerification.</summary>
    /// <exception cref="ReceiptException">The file is missing, unreadable, not a receipt, or of a newer schema.</exception>
    public static Receipt Read(string path) => Parse(AtomicFile.Read(path), path);

    /// <inheritdoc cref="Read"/>
    /// <param name="content">The file's.</param>
    /// <param name="path">Named in the message.</param>
    internal static Receipt Parse(byte[] content, string path)
    {
        try
        {
            return Parse(content);
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }

    /// <summary>Reads a receipt from UTF-8 text.</summary>
    public static Receipt Parse(ReadOnlyMemory<byte> utf8)
    {
        // What is sound binds at once; only of what is not it takes a second pass to say why.
        if (StrictJson.TryBind<Receipt>(utf8) is { Schema: Receipt.CurrentSchema } sound)
            return sound;
        var scan = DocumentScan.Of(StrictJson.WithoutMark(utf8).Span);
        SchemaName.Require(scan.Schema, Receipt.CurrentSchema);
        return StrictJson.Deserialize<Receipt>(utf8, scan);
    }

    /// <summary>Writes whole or not at all, and seals a receipt that has no digest yet.</summary>
    /// <returns>The receipt as written.</returns>
    /// <exception cref="ReceiptException">It could not be written, or its digest does not fit its content:
    /// an altered receipt is not sealed anew.</exception>
    public static Receipt Write(string path, Receipt receipt)
    {
        Receipt written = receipt.Digest is null ? ReceiptDigest.Seal(receipt) : receipt;
        if (!ReceiptDigest.Matches(written))
            throw new ReceiptException(ReceiptFault.DigestMismatch, path, "$.digest", "the receipt was altered after it was sealed; not written");
        AtomicFile.Write(path, Format(written));
        return written;
    }

    /// <summary>UTF-8 text as <see cref="Write"/> puts it into the file.</summary>
    public static byte[] Format(Receipt receipt) => IndentedJson.Serialize(StrictJson.ToElement(receipt));
}
