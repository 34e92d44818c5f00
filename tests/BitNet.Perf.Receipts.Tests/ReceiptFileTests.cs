using System.Text;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

public sealed class ReceiptFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("receipts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes_and_digest()
    {
        string path = Path.Combine(_folder, "new", "receipt.json");
        Receipt written = ReceiptFile.Write(path, SyntheticReceipt.Create());
        Receipt read = ReceiptFile.Read(path);
        Assert.True(ReceiptDigest.Matches(read));
        Assert.Equal(written.Digest, read.Digest);
        Assert.Equal(File.ReadAllBytes(path), ReceiptFile.Format(read));
        Assert.Equal(written.Workloads[0].Launches[2].Nanoseconds, read.Workloads[0].Launches[2].Nanoseconds);
    }

    [Fact]
    public void Unknown_is_written_as_null_and_enums_in_kebab_case()
    {
        Receipt receipt = SyntheticReceipt.Create();
        receipt = receipt with
        {
            Model = null,
            Launches = [receipt.Launches[0] with { Outcome = LaunchOutcome.TimedOut }],
        };
        string text = Encoding.UTF8.GetString(ReceiptFile.Format(receipt));
        Assert.Contains("\n  \"model\": null,\n", text, StringComparison.Ordinal);
        Assert.Contains("\"outcome\": \"timed-out\"", text, StringComparison.Ordinal);
        Assert.Contains("\"createdUtc\": \"2026-01-31T08:19:00Z\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_from_before_read_patterns_keeps_its_form_and_one_with_a_null_is_refused()
    {
        Receipt older = SyntheticReceipt.Create();
        older = ReceiptDigest.Seal(older with { Workloads = [.. older.Workloads.Select(w => w with { Launches = [.. w.Launches.Select(l => l with { ReadPattern = null })] })] });
        string text = Encoding.UTF8.GetString(ReceiptFile.Format(older));
        Assert.DoesNotContain("readPattern", text, StringComparison.Ordinal);
        Assert.Equal(older.Digest, ReceiptFile.Parse(Encoding.UTF8.GetBytes(text)).Digest);
        string withNull = text.Replace("\"allocatedBytes\": 0", "\"allocatedBytes\": 0, \"readPattern\": null", StringComparison.Ordinal);
        Assert.NotEqual(text, withNull);
        Assert.Contains("readPattern", Assert.Throws<ReceiptException>(() => ReceiptFile.Parse(Encoding.UTF8.GetBytes(withNull))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lossy_workload_says_so_after_reading_back_and_an_exact_one_has_no_such_member()
    {
        Receipt exact = SyntheticReceipt.Create();
        Assert.DoesNotContain("\"lossy\"", Encoding.UTF8.GetString(ReceiptFile.Format(ReceiptDigest.Seal(exact))), StringComparison.Ordinal);
        Receipt lossy = ReceiptDigest.Seal(exact with
        {
            Phases = null,
            Workloads = [.. exact.Workloads.Select(w => w.Id == SyntheticReceipt.Decode ? w with { Id = "e2e/decode/i2s+q8_0/tg32@ctx0/t2", Lossy = true } : w)],
        });
        string text = Encoding.UTF8.GetString(ReceiptFile.Format(lossy));
        Receipt read = ReceiptFile.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal(lossy.Digest, read.Digest);
        Assert.Equal([null, null, true, null, null], read.Workloads.Select(w => w.Lossy));
        Assert.Equal([null, null, null, "4 streams, 1024 bytes ahead", null], read.Workloads.Select(w => w.Launches[0].ReadPattern));
        string withNull = text.Replace("\"lossy\": true", "\"lossy\": null", StringComparison.Ordinal);
        Assert.NotEqual(text, withNull);
        Assert.Contains("lossy", Assert.Throws<ReceiptException>(() => ReceiptFile.Parse(Encoding.UTF8.GetBytes(withNull))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_altered_after_sealing_is_not_written()
    {
        Receipt altered = ReceiptDigest.Seal(SyntheticReceipt.Create()) with { Suite = "full" };
        ReceiptException e = Assert.Throws<ReceiptException>(() => ReceiptFile.Write(Path.Combine(_folder, "r.json"), altered));
        Assert.Equal(ReceiptFault.DigestMismatch, e.Fault);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("\"suite\": \"quick\"", "\"suite\": 7", "$.suite (line 13): wrong type; expected a string")]
    [InlineData("\"suite\": \"quick\"", "\"suite\": null", "null")]
    [InlineData("\"suite\": \"quick\"", "\"suite\": \"quick\", \"mood\": 1", "unknown member \"mood\"; expected only members of the schema")]
    [InlineData("\"suite\": \"quick\"", "\"suite\": \"quick\", \"suite\": \"full\"", "member \"suite\" occurs twice")]
    [InlineData("\"suite\": \"quick\",", "", "missing member \"suite\"")]
    [InlineData("\"status\": \"complete\"", "\"status\": \"Complete\"", "$.status (line 7): wrong value; expected one of complete, incomplete")]
    [InlineData("\"status\": \"complete\"", "\"status\": 0", "expected one of complete, incomplete")]
    [InlineData("\"createdUtc\": \"2026-01-31T08:19:00Z\"", "\"createdUtc\": \"2026-01-31T08:19:00+00:00\"", "expected a UTC time")]
    [InlineData("\"createdUtc\": \"2026-01-31T08:19:00Z\"", "\"createdUtc\": \"yesterday\"", "expected a UTC time")]
    [InlineData("\"wallSeconds\": 20.5", "\"wallSeconds\": NaN", "not valid JSON")]
    [InlineData("\"wallSeconds\": 20.5", "\"wallSeconds\": \"NaN\"", "$.launches[0].wallSeconds")]
    [InlineData("\"index\": 1", "\"index\": 1.5", "$.launches[0].index")]
    [InlineData("\"index\": 1", "\"index\": 99999999999", "expected an integer of 32 bits")]
    [InlineData("\"dirty\": false", "\"dirty\": \"no\"", "expected true or false")]
    [InlineData("\"filters\": []", "\"filters\": {}", "expected an array")]
    [InlineData("\"warnings\": []", "\"warnings\": [null]", "$.warnings[0]")]
    [InlineData("\"DOTNET_TieredCompilation\": \"0\"", "\"DOTNET_TieredCompilation\": null", "$.build.jit.environment")]
    [InlineData("\"filters\": []", "\"filters\": [null]", "$.filters[0]")]
    public void What_the_schema_does_not_allow_is_one_line_with_file_place_and_expectation(string from, string to, string expected)
    {
        string path = Path.Combine(_folder, "r.json");
        ReceiptFile.Write(path, SyntheticReceipt.Create());
        string text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        ReceiptException e = Assert.Throws<ReceiptException>(() => ReceiptFile.Read(path));
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Matches(@"\$|line \d+", e.Location);
        Assert.DoesNotContain('\n', e.Message);
        Assert.DoesNotContain("System.", e.Message, StringComparison.Ordinal);
    }
}
