using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Receipts that were stored once must be read, verified and sealed the same for ever; tests/fixtures/receipts is never regenerated.</summary>
public class StoredReceiptTests
{
    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "receipts", name);

    // Computed by another implementation of RFC 8785 (Python: json, decimal, hashlib), not by ours.
    private const string Digest = "sha256:590ab10b15af62153d5c3e4fdbe2dfb66bc3c3e013b248c0d8fe1cc3a24bd0c0";

    [Fact]
    public void A_stored_receipt_still_verifies_and_has_the_digest_that_another_implementation_gives()
    {
        Receipt receipt = ReceiptVerification.Read(Fixture("invented.json"));
        Assert.Equal(Digest, receipt.Digest);
        Assert.Equal(Digest, ReceiptDigest.Compute(receipt));
    }

    [Fact]
    public void A_stored_receipt_is_written_again_byte_for_byte() =>
        Assert.Equal(File.ReadAllBytes(Fixture("invented.json")), ReceiptFile.Format(ReceiptFile.Read(Fixture("invented.json"))));

    [Fact]
    public void The_altered_copy_fails_by_its_digest() =>
        Assert.Equal(ReceiptFault.DigestMismatch, Assert.Throws<ReceiptException>(() => ReceiptVerification.Read(Fixture("altered.json"))).Fault);

    [Fact]
    public void The_copy_of_a_newer_schema_is_refused_as_such() =>
        Assert.Equal(ReceiptFault.NewerSchema, Assert.Throws<ReceiptException>(() => ReceiptVerification.Read(Fixture("newer-schema.json"))).Fault);
}
