using System.Text;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public sealed class DocumentKindTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("kinds-").FullName, "r.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private ReceiptException Read(string text)
    {
        File.WriteAllText(_path, text);
        ReceiptException e = Assert.Throws<ReceiptException>(() => ReceiptVerification.Read(_path));
        Assert.StartsWith(_path + ": ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }

    [Theory]
    [InlineData("receipt/2")]
    [InlineData("receipt/999")]
    public void A_receipt_of_a_newer_schema_says_so_whatever_else_it_holds(string schema)
    {
        ReceiptException e = Read($$"""{"members":"of the future","schema":"{{schema}}"}""");
        Assert.Equal(ReceiptFault.NewerSchema, e.Fault);
        Assert.Contains($"$.schema: \"{schema}\" was written by a newer version of this program; expected \"receipt/1\"", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"schema\":\"receipt/0\"}", "unknown schema \"receipt/0\"; expected \"receipt/1\"")]
    [InlineData("{\"schema\":\"receipt/+2\"}", "unknown schema")]
    [InlineData("{\"schema\":\"comparison/1\"}", "unknown schema \"comparison/1\"")]
    [InlineData("{\"schema\":1}", "not a receipt; expected an object with \"schema\": \"receipt/1\"")]
    [InlineData("{}", "not a receipt")]
    [InlineData("[]", "not a receipt")]
    [InlineData("null", "not a receipt")]
    [InlineData("\"receipt/1\"", "not a receipt")]
    public void Another_kind_of_document_is_malformed(string text, string expected)
    {
        ReceiptException e = Read(text);
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_file_is_malformed_and_said_to_be_empty(string text)
    {
        ReceiptException e = Read(text);
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
        Assert.Contains("the file is empty", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workload,launch,iteration,value,unit\n")]
    [InlineData("{\"schema\":\"receipt/1\"} trailing")]
    [InlineData("{\"schema\":\"receipt/1\", // comment\n}")]
    [InlineData("{\"schema\":\"receipt/1\",}")]
    public void What_is_not_json_is_malformed_with_its_line(string text)
    {
        ReceiptException e = Read(text);
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
        Assert.Contains("not valid JSON", e.Message, StringComparison.Ordinal);
        Assert.Contains("line ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_cut_off_anywhere_is_malformed()
    {
        byte[] whole = ReceiptFile.Format(ReceiptDigest.Seal(SyntheticReceipt.Create(launches: 1)));
        for (int length = 0; length < whole.Length - 2; length += 97)
            Assert.Equal(ReceiptFault.Malformed, Assert.Throws<ReceiptException>(() => ReceiptFile.Parse(whole.AsMemory(0, length))).Fault);
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_are_malformed()
    {
        byte[] bytes = [.. "{\"schema\":\"receipt/1\",\"run\":\""u8, 0xff, 0xfe, .. "\"}"u8];
        Assert.Equal(ReceiptFault.Malformed, Assert.Throws<ReceiptException>(() => ReceiptFile.Parse(bytes)).Fault);
    }

    [Fact]
    public void Nesting_without_end_is_malformed()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)));
        Assert.Equal(ReceiptFault.Malformed, Assert.Throws<ReceiptException>(() => ReceiptFile.Parse(bytes)).Fault);
    }

    [Fact]
    public void White_space_order_of_members_and_a_byte_order_mark_do_not_matter()
    {
        byte[] text = ReceiptFile.Format(ReceiptDigest.Seal(SyntheticReceipt.Create()));
        string compact = System.Text.Json.Nodes.JsonNode.Parse(text)!.ToJsonString();
        byte[] reordered = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(compact)];
        Assert.Empty(ReceiptVerification.Verify(ReceiptFile.Parse(reordered)));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_malformed()
    {
        string text = Encoding.UTF8.GetString(ReceiptFile.Format(ReceiptDigest.Seal(SyntheticReceipt.Create())));
        ReceiptException e = Read(text.Replace("\"governor\": \"performance\"", "\"governor\": \"\\ud800\"", StringComparison.Ordinal));
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
    }

    [Fact]
    public void An_altered_receipt_is_refused_by_its_digest()
    {
        string text = Encoding.UTF8.GetString(ReceiptFile.Format(ReceiptDigest.Seal(SyntheticReceipt.Create())));
        ReceiptException e = Read(text.Replace("\"governor\": \"performance\"", "\"governor\": \"powersave\"", StringComparison.Ordinal));
        Assert.Equal(ReceiptFault.DigestMismatch, e.Fault);
    }
}
