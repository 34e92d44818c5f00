using System.Text;
using System.Text.Json.Nodes;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Whatever a file holds, it is refused in one line or gives a receipt that verifies; never anything in between.</summary>
public class ImportRobustnessTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "bdn", "benchmarkdotnet-full.json" },
        { "llama-bench", "llama-bench.bitnet-cpp.json" },
        { "llama-bench", "llama-bench.bitnet-cpp.jsonl" },
        { "llama-bench", "llama-bench.ik-llama-cpp.json" },
        { "google-benchmark", "google-benchmark.json" },
        { "claims", "timing-summary.md" },
        { "claims", "baselines/external/claims/bitnet-rs-ryzen-9-9950x3d.json" },
    };

    private static ImportFormat Format(string name) => ImportFormat.All.Single(format => format.Name == name);

    private static byte[] Read(string file) => file.Contains('/', StringComparison.Ordinal) ? File.ReadAllBytes(ImportFixture.InRepository(file)) : ImportFixture.Read(file);

    /// <returns>Whether it was refused.</returns>
    private static bool RefusedOrSound(ImportFormat format, byte[] content, string what)
    {
        ImportedFile file;
        try
        {
            file = format.Parse(content);
        }
        catch (ReceiptException e)
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Message) || e.Message.Contains('\n', StringComparison.Ordinal), what);
            return true;
        }
        Assert.True(ReceiptVerification.Verify(ImportFixture.Seal(file)) is [], $"{what}: {ReceiptVerification.Verify(ImportFixture.Seal(file)).FirstOrDefault()}");
        return false;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Cut_off_anywhere_it_is_refused_or_sound(string format, string file)
    {
        byte[] content = Read(file);
        int refused = 0;
        for (int i = 0; i < 200; i++)
            refused += RefusedOrSound(Format(format), content[..(content.Length * i / 200)], $"{file} cut to {content.Length * i / 200}") ? 1 : 0;
        Assert.True(refused > 0);
        // Lines of JSONL and of Markdown are whole wherever one ends.
        Assert.True(refused == 200 || !file.EndsWith(".json", StringComparison.Ordinal), $"{200 - refused} parts of a JSON document were taken for a whole one");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void With_any_byte_another_it_is_refused_or_sound(string format, string file)
    {
        byte[] content = Read(file);
        for (int i = 0; i < 400; i++)
        {
            byte[] other = [.. content];
            other[content.Length * (long)i / 400] = (byte)(i * 37 % 256);
            RefusedOrSound(Format(format), other, $"{file}, byte {content.Length * (long)i / 400}");
        }
        Assert.False(RefusedOrSound(Format(format), content, file));
    }

    [Theory]
    [InlineData("bdn", "benchmarkdotnet-full.json")]
    [InlineData("llama-bench", "llama-bench.ik-llama-cpp.json")]
    [InlineData("google-benchmark", "google-benchmark.json")]
    public void With_any_value_another_it_is_refused_or_sound(string format, string file)
    {
        JsonNode document = JsonNode.Parse(ImportFixture.Read(file))!;
        JsonNode?[] others = [null, -1, 0, 1e300, true, "", " x\n", "/home/ada/x", "\u202E", new JsonArray(), new JsonObject()];
        string[] leaves = [.. Leaves.Of(document, "$")];
        int refused = 0;
        // One other value for each leaf, in turn: the files repeat their members many times over.
        for (int i = 0; i < leaves.Length; i++)
            refused += RefusedOrSound(Format(format), Bytes(Leaves.Replace(document, leaves[i], others[i % others.Length]?.DeepClone())), $"{leaves[i]} = {others[i % others.Length]?.ToJsonString()}") ? 1 : 0;
        Assert.True(refused > 0);

        static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
    }
}
