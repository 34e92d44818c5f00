using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>The digest over the canonical form, and that the form can be made at all.</summary>
internal static class SealRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Schema != Receipt.CurrentSchema)
            yield return new("schema", "$.schema", $"\"{receipt.Schema}\"; expected \"{Receipt.CurrentSchema}\"");
        (string? computed, ReceiptException? fault) = Compute(receipt);
        if (fault is not null)
            yield return new("number", fault.Location ?? "$", $"{fault.What}; expected {fault.Expected}");
        else if (receipt.Digest is null)
            yield return new(Finding.Digest, "$.digest", "not sealed; expected the digest of the canonical form");
        else if (receipt.Digest != computed)
            yield return new(Finding.Digest, "$.digest", $"altered: the content has {computed}, the seal says {receipt.Digest}");
    }

    private static (string? Digest, ReceiptException? Fault) Compute(Receipt receipt)
    {
        try
        {
            return (ReceiptDigest.Compute(receipt), null);
        }
        catch (ReceiptException e)
        {
            return (null, e);
        }
    }
}
