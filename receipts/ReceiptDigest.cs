using System.Security.Cryptography;
using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts;

/// <summary>SHA-256 over the canonical form (RFC 8785) of a document without its top-level "digest" member.</summary>
public static class ReceiptDigest
{
    public const string Prefix = "sha256:";

    /// <summary>Digest of the receipt's content, whatever <see cref="Receipt.Digest"/> says.</summary>
    /// <exception cref="ReceiptException">It has no canonical form.</exception>
    public static string Compute(Receipt receipt)
    {
        using var hash = new HashingWriter();
        return CanonicalReceipt.TryWrite(hash, receipt) ? Prefix + Convert.ToHexStringLower(hash.Finish()) : Compute(StrictJson.ToElement(receipt));
    }

    /// <summary>The receipt with its digest set. Only for receipts just made: sealing a foreign one would hide what was altered.</summary>
    public static Receipt Seal(Receipt receipt) => receipt with { Digest = Compute(receipt) };

    public static bool Matches(Receipt receipt) => receipt.Digest == Compute(receipt);

    /// <summary>"sha256:" and 64 lower-case hex digits of bytes that are no document.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Prefix + Convert.ToHexStringLower(SHA256.HashData(content));

    internal static string Compute(JsonElement document)
    {
        using var hash = new HashingWriter();
        CanonicalJson.Write(hash, document, without: "digest");
        return Prefix + Convert.ToHexStringLower(hash.Finish());
    }
}
