using System.Text;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Receipts of runs that measured on: after the first look only some of the workloads.</summary>
public class LookTests
{
    [Fact]
    public void A_run_that_measured_on_only_some_workloads_is_sound_and_keeps_its_looks_when_it_is_read_again()
    {
        Receipt receipt = ReceiptDigest.Seal(LookBreakages.MeasuredOn(SyntheticReceipt.Create()));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Receipt read = ReceiptFile.Parse(ReceiptFile.Format(receipt));
        Assert.Equal(receipt.Settings.Looks!, read.Settings.Looks!);
        Assert.Equal(receipt.Digest, ReceiptDigest.Compute(read));
    }

    [Fact]
    public void A_receipt_without_looks_does_not_mention_them() =>
        Assert.DoesNotContain("looks", Encoding.UTF8.GetString(ReceiptFile.Format(ReceiptDigest.Seal(SyntheticReceipt.Create()))), StringComparison.Ordinal);
}
