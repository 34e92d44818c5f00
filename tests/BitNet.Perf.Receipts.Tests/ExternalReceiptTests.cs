using System.Text;
using System.Text.Json.Nodes;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Import.Claims;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class ExternalReceiptTests
{
    private static readonly Receipt Sound = ImportFixture.Seal(ClaimsFile.Parse(File.ReadAllBytes(ImportFixture.InRepository("baselines/external/claims/bitnet-rs-ryzen-9-9950x3d.json"))));

    public static TheoryData<string> Published => [.. Directory.GetFiles(ImportFixture.InRepository("baselines/external"), "*.json").Select(path => Path.GetFileName(path)).Order()];

    private static string[] Findings(Receipt receipt) => [.. ReceiptVerification.Verify(ReceiptDigest.Seal(receipt)).Select(finding => $"{finding.Code} {finding.Path}")];

    [Theory]
    [MemberData(nameof(Published))]
    public void Each_external_baseline_is_what_its_claims_give_and_no_figure_more(string name)
    {
        Receipt stored = ReceiptVerification.Read(ImportFixture.InRepository($"baselines/external/{name}"));
        ImportedFile claims = ClaimsFile.Parse(File.ReadAllBytes(ImportFixture.InRepository($"baselines/external/claims/{name}")));
        Receipt made = ImportFixture.Seal(claims);
        // The rest is the time of the import and the program that imported.
        Receipt expected = stored with { Workloads = made.Workloads, Source = made.Source, Host = made.Host, HostKey = made.HostKey, Warnings = made.Warnings, Settings = made.Settings };
        Assert.Equal(ReceiptDigest.Compute(expected), stored.Digest);
    }

    [Fact]
    public void Every_claim_is_an_external_baseline() => Assert.Equal(
        Directory.GetFiles(ImportFixture.InRepository("baselines/external/claims")).Select(path => Path.GetFileName(path)).Order(),
        Directory.GetFiles(ImportFixture.InRepository("baselines/external")).Select(path => Path.GetFileName(path)).Order());

    [Fact]
    public void A_receipt_is_marked_external_and_unverified()
    {
        Assert.Empty(ReceiptVerification.Verify(Sound));
        Assert.Equal((ReceiptOrigin.External, "external"), (Sound.Origin, Sound.Suite));
        Assert.Equal(["external", "unverified"], Sound.Warnings.Take(2).Select(warning => warning.Code));
        Assert.All(Sound.Workloads, workload => Assert.Equal("external/1", workload.Definition));
    }

    [Fact]
    public void Without_its_mark_or_source_it_fails_verification()
    {
        Assert.Equal(["source $.warnings"], Findings(Sound with { Warnings = [.. Sound.Warnings.Where(warning => warning.Code != "unverified")] }));
        Assert.Equal(["source $.warnings"], Findings(Sound with { Warnings = [.. Sound.Warnings.Where(warning => warning.Code != "external")] }));
        Assert.Equal(["source $.source"], Findings(Sound with { Source = null }));
        Assert.Equal(["source $.source.citation"], Findings(Sound with { Source = Sound.Source! with { Citation = null } }));
        Assert.Equal(["source $.source.citation"], Findings(Sound with { Source = Sound.Source! with { Citation = " " } }));
        Assert.Equal(["source $.source.harness"], Findings(Sound with { Source = Sound.Source! with { Harness = "" } }));
        Assert.Equal(["source $.source.facts"], Findings(Sound with { Source = Sound.Source! with { Facts = new Dictionary<string, string> { ["a"] = "two\nlines" } } }));
        Assert.Equal(["path $.source.citation"], Findings(Sound with { Source = Sound.Source! with { Citation = "see /home/ada/notes" } }));
    }

    [Fact]
    public void A_measured_receipt_has_no_source_and_knows_its_machine()
    {
        Receipt measured = SyntheticReceipt.Create();
        Assert.Equal(["source $.source"], Findings(measured with { Source = Sound.Source }));
        Assert.Contains("isa $.host.cpu.isaLevel", Findings(measured with { Host = measured.Host with { Cpu = measured.Host.Cpu with { IsaLevel = HostDescription.Unknown } } }));
        Assert.Contains("host $.host.platform", Findings(measured with { Host = measured.Host with { Platform = HostDescription.Unknown } }));
        Assert.Contains("host $.host.architecture", Findings(measured with { Host = measured.Host with { Architecture = HostDescription.Unknown } }));
        Assert.Contains("host $.host.cpu.logicalCores", Findings(measured with { Host = measured.Host with { Cpu = measured.Host.Cpu with { LogicalCores = 0 } } }));
    }

    [Fact]
    public void Changing_any_leaf_is_found()
    {
        JsonNode document = JsonNode.Parse(ReceiptFile.Format(Sound))!;
        string[] leaves = [.. Leaves.Of(document, "$")];
        Assert.True(leaves.Length > 150, "the walk must reach the source's facts");
        foreach (string leaf in leaves)
        {
            foreach (JsonNode? other in Leaves.Others(Leaves.At(document, leaf)))
                Assert.True(Found(Leaves.Replace(document, leaf, other)), $"{leaf} = {other?.ToJsonString()} was not found");
        }

        static bool Found(JsonNode altered)
        {
            try
            {
                return ReceiptVerification.Verify(ReceiptFile.Parse(Encoding.UTF8.GetBytes(altered.ToJsonString()))).Count > 0;
            }
            catch (ReceiptException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void The_store_lists_them_apart_and_names_what_is_wrong_with_them()
    {
        string folder = Directory.CreateTempSubdirectory("bitnet-perf-test-").FullName;
        try
        {
            BaselineStore store = new(folder);
            Assert.Empty(store.Externals());
            ReceiptFile.Write(Path.Combine(folder, "external", "seed.json"), Sound);
            ReceiptFile.Write(Path.Combine(folder, "external", "ours.json"), SyntheticReceipt.Create());
            File.WriteAllText(Path.Combine(folder, "external", "torn.json"), "{");
            Assert.Empty(store.List());
            IReadOnlyList<ExternalEntry> entries = store.Externals();
            Assert.Equal(["ours", "seed", "torn"], entries.Select(entry => entry.Name));
            Assert.Equal([false, true, false], entries.Select(entry => entry.Sound));
            Assert.Equal(("BitNet-rs", "AMD Ryzen 9 9950X3D 16-Core Processor", 5, 11), (entries[1].Engine, entries[1].Host, entries[1].Workloads!.Value, entries[1].Findings!.Value));
            Assert.Contains("only external receipts were expected", entries[0].Fault);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
