using System.Security.Cryptography;
using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>The digest of a receipt, taken in one pass over the record, is that of the canonical form of its document.</summary>
public class CanonicalReceiptTests
{
    private static string OfDocument(Receipt receipt)
    {
        using JsonDocument document = JsonDocument.Parse(ReceiptFile.Format(receipt));
        return ReceiptDigest.Prefix + Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(document.RootElement, without: "digest")));
    }

    private static Receipt WithValues(params double[] values)
    {
        Receipt receipt = SyntheticReceipt.Create();
        WorkloadRecord workload = receipt.Workloads[0];
        return receipt with { Workloads = [workload with { Launches = [workload.Launches[0] with { Values = values }] }] };
    }

    [Fact]
    public void Of_a_plain_receipt() => Assert.Equal(OfDocument(SyntheticReceipt.Create()), ReceiptDigest.Compute(SyntheticReceipt.Create()));

    [Theory]
    [InlineData("plain text")]
    [InlineData("")]
    [InlineData("\"quoted\" and \\")]
    [InlineData("Grüße, 試験 😀")]
    [InlineData("tab\tand\u007f\u2028")]
    public void Whatever_a_text_holds(string text)
    {
        Receipt receipt = SyntheticReceipt.Create();
        receipt = receipt with
        {
            Warnings = [new ReceiptWarning("w", text, text)],
            Settings = receipt.Settings with { Environment = new Dictionary<string, string> { ["b" + text] = text, ["a" + text] = text, ["B"] = "" } },
        };
        Assert.Equal(OfDocument(receipt), ReceiptDigest.Compute(receipt));
    }

    [Fact]
    public void Whatever_its_numbers_are()
    {
        Receipt receipt = WithValues(0, -0.0, 1, -1.5, 0.1, 1e-5, 1e-6, 1e-7, 123456789.125, 1e14, 1e15, 9007199254740991, double.Epsilon, 4.35, 5e-324, 1.0 / 3);
        Assert.Equal(OfDocument(receipt), ReceiptDigest.Compute(receipt));
        var random = new Random(3);
        receipt = WithValues([.. Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(value => Math.Abs(value) < 9e15)]);
        Assert.Equal(OfDocument(receipt), ReceiptDigest.Compute(receipt));
    }

    // Written without an exponent or with one: the general form decides.
    [Theory]
    [InlineData(1e16)]
    [InlineData(1.2345678901234567e21)]
    [InlineData(double.MaxValue)]
    public void A_number_beyond_whole_doubles_is_treated_as_in_a_document(double value)
    {
        Receipt receipt = WithValues(1, value);
        string? expected = null;
        try
        {
            expected = OfDocument(receipt);
        }
        catch (ReceiptException e)
        {
            Assert.Equal(e.Message, Assert.Throws<ReceiptException>(() => ReceiptDigest.Compute(receipt)).Message);
            return;
        }
        Assert.Equal(expected, ReceiptDigest.Compute(receipt));
    }

    [Fact]
    public void A_number_that_no_double_holds_has_no_digest_and_the_place_is_named()
    {
        Receipt receipt = SyntheticReceipt.Create();
        receipt = receipt with { Settings = receipt.Settings with { OrderSeed = (1L << 53) + 1 } };
        Assert.Equal("$.settings.orderSeed", Assert.Throws<ReceiptException>(() => ReceiptDigest.Compute(receipt)).Location);
    }

    [Fact]
    public void What_is_read_back_has_the_same_samples()
    {
        Receipt receipt = WithValues(1, 2.5, 1e-300, 12345.678, 1.0 / 3);
        Assert.Equal(receipt.Workloads[0].Launches[0].Values, ReceiptFile.Parse(ReceiptFile.Format(receipt)).Workloads[0].Launches[0].Values);
    }
}
