using System.Text.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>The digest over the canonical form, and that the form can be made at all.</summary>
internal static class SealRules
{
    /// <param name="receipt">To be checked.</param>
    /// <param name="document">The receipt as JSON.</param>
    /// <param name="unserializable">Why it has no such form; null when it has.</param>
    public static IEnumerable<Finding> Check(Receipt receipt, JsonElement? document, ReceiptException? unserializable)
    {
        if (receipt.Schema != Receipt.CurrentSchema)
            yield return new("schema", "$.schema", $"\"{receipt.Schema}\"; expected \"{Receipt.CurrentSchema}\"");
        (string? computed, ReceiptException? fault) = document is { } root ? Compute(root) : (null, unserializable);
        if (fault is not null)
            yield return new("number", fault.Location ?? "$", $"{fault.What}; expected {fault.Expected}");
        else if (receipt.Digest is null)
            yield return new(Finding.Digest, "$.digest", "not sealed; expected the digest of the canonical form");
        else if (receipt.Digest != computed)
            yield return new(Finding.Digest, "$.digest", $"altered: the content has {computed}, the seal says {receipt.Digest}");
    }

    private static (string? Digest, ReceiptException? Fault) Compute(JsonElement document)
    {
        try
        {
            return (ReceiptDigest.Compute(document), null);
        }
        catch (ReceiptException e)
        {
            return (null, e);
        }
    }
}
