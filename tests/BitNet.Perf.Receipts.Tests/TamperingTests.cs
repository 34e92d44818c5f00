using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public partial class TamperingTests
{
    private static readonly JsonNode Sealed = Node(MachineCodeBreakages.Sound(RecordedFacts.Of(SyntheticReceipt.Create(launches: 2))));

    /// <summary>With every member that is left out where it does not apply.</summary>
    private static readonly JsonNode Fullest = Node(OptionalMembers.All(RecordedFacts.Of(SyntheticReceipt.Create(launches: 2))));

    /// <summary>Of a real run: what follows from what there, a made-up receipt need not show.</summary>
    private static readonly JsonNode Real = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "receipts", "versions", "measured-on.json")))!;

    public static TheoryData<string> Documents => ["synthetic", "optional members", "real"];

    private static JsonNode Document(string name) => name switch { "synthetic" => Sealed, "real" => Real, _ => Fullest };

    private static JsonNode Node(Receipt receipt) => JsonNode.Parse(ReceiptFile.Format(ReceiptDigest.Seal(receipt)))!;

    /// <summary>Whether reading or verifying says that something is wrong.</summary>
    private static bool Found(JsonNode document, bool reseal)
    {
        try
        {
            Receipt receipt = ReceiptFile.Parse(Encoding.UTF8.GetBytes(document.ToJsonString()));
            return ReceiptVerification.Verify(reseal ? ReceiptDigest.Seal(receipt) : receipt).Count > 0;
        }
        catch (ReceiptException)
        {
            return true;
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_document_itself_is_sound(string document)
    {
        Assert.False(Found(Document(document), reseal: false));
        Assert.False(Found(Document(document), reseal: true));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Changing_any_leaf_is_found(string document)
    {
        JsonNode whole = Document(document);
        string[] leaves = [.. Leaves.Of(whole, "$")];
        Assert.True(leaves.Length > 200, "the walk must reach the samples");
        int changes = 0;
        foreach (string leaf in leaves)
        {
            foreach (JsonNode? other in Leaves.Others(Leaves.At(whole, leaf)))
            {
                Assert.True(Found(Leaves.Replace(whole, leaf, other), reseal: false), $"{leaf} = {other?.ToJsonString()} was not found");
                changes++;
            }
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{document}: {leaves.Length} leaves, {changes} changes, all found");
    }

    [Theory]
    [InlineData("synthetic")]
    [InlineData("optional members")]
    public void Removing_any_leaf_or_setting_it_to_null_is_found(string document)
    {
        JsonNode whole = Document(document);
        foreach (string leaf in Leaves.Of(whole, "$"))
        {
            Assert.True(Found(Leaves.Remove(whole, leaf), reseal: false), $"{leaf} removed was not found");
            bool isNull = Leaves.At(whole, leaf) is null;
            Assert.True(isNull || Found(Leaves.Replace(whole, leaf, null), reseal: false), $"{leaf} = null was not found");
        }
    }

    [Fact]
    public void Changing_the_sign_of_a_sample_or_swapping_two_is_found()
    {
        const string First = "$.workloads[0].launches[0].nanoseconds[0]";
        Assert.True(Found(Leaves.Replace(Sealed, First, -Leaves.At(Sealed, First)!.GetValue<double>()), reseal: true));
        JsonNode swapped = Sealed.DeepClone();
        JsonArray samples = swapped["workloads"]![0]!["launches"]![0]!["nanoseconds"]!.AsArray();
        (double a, double b) = (samples[0]!.GetValue<double>(), samples[1]!.GetValue<double>());
        Assert.NotEqual(a, b);
        (samples[0], samples[1]) = (b, a);
        Assert.True(Found(swapped, reseal: true));
    }

    /// <summary>Facts that nothing else in a receipt follows from: who seals a forgery can change these, and only these, one at a time.
    /// A new field is either computed again by a rule or must be listed here. Nanoseconds and launchSpread are listed for their last bit alone:
    /// two times may give the same value, and a logarithm's last bit is not the same everywhere.</summary>
    private static readonly string[] FreeFacts =
    [
        "$.build.commit", "$.build.dirty", "$.build.jit.environment.*", "$.build.jit.readyToRun",
        "$.build.jit.tieredCompilation", "$.build.jit.tieredPgo", "$.build.runtime", "$.build.sdk", "$.createdUtc", "$.filters", "$.generator.name",
        "$.generator.version", "$.host.container", "$.host.cpu.caches[].bytes", "$.host.cpu.caches[].instances",
        "$.host.cpu.caches[].level", "$.host.cpu.isa[]", "$.host.cpu.nominalMegahertz", "$.host.cpu.physicalCores", "$.host.cpu.sockets",
        "$.host.cpu.threadsPerCore", "$.host.cpuLimitCores", "$.host.governor", "$.host.kernel", "$.host.memoryBytes",
        "$.host.numaNodes", "$.host.operatingSystem", "$.host.transparentHugePages", "$.host.turbo", "$.host.virtualization",
        "$.methods[].bytes", "$.methods[].counts.branches", "$.methods[].counts.calls", "$.methods[].counts.instructions",
        "$.methods[].counts.loads", "$.methods[].counts.multiplyAdds[].count", "$.methods[].counts.prefetches", "$.methods[].counts.reloads",
        "$.methods[].counts.spills", "$.methods[].counts.stores", "$.methods[].counts.xmm", "$.methods[].counts.ymm", "$.methods[].counts.zmm",
        "$.methods[].hotLoop.branches", "$.methods[].hotLoop.calls", "$.methods[].hotLoop.instructions", "$.methods[].hotLoop.loads",
        "$.methods[].hotLoop.reloads", "$.methods[].hotLoop.stores", "$.methods[].hotLoop.xmm", "$.methods[].hotLoop.ymm", "$.methods[].hotLoop.zmm",
        "$.launches[].affinity[]", "$.launches[].startedUtc", "$.launches[].stealShare", "$.launches[].wallSeconds", "$.model.architecture", "$.model.bytes",
        "$.model.format", "$.model.headFormat", "$.model.name", "$.model.parameters", "$.model.shape.context",
        "$.model.shape.embedding", "$.model.shape.feedForward", "$.model.synthetic", "$.phases.launch",
        "$.phases.phases[].parts[].name", "$.phases.tokens", "$.run", "$.settings.affinityPolicy", "$.settings.coldBytes",
        "$.settings.endToEndWarmups", "$.settings.environment.*", "$.settings.forcedKernel",
        "$.settings.kernelIterationMilliseconds", "$.settings.kernelWarmups", "$.settings.orderSeed", "$.settings.threads[]",
        "$.workloads[].definition", "$.workloads[].kernel", "$.workloads[].launches[].allocatedBytes",
        "$.workloads[].launches[].nanoseconds[]", "$.workloads[].result.against", "$.workloads[].result.checked",
        "$.workloads[].result.detail", "$.workloads[].summary.launchSpread",
    ];

    /// <summary>The same of what the synthetic receipt does not show: members that it has not, and the digest of an output, which nobody can compute from a receipt.</summary>
    private static readonly string[] FreeElsewhere =
    [
        "$.build.extraKernelWork", "$.filters[]", "$.generator.protocol", "$.interleaving.baseFirst[]", "$.interleaving.familyErrorRate", "$.interleaving.familySize", "$.interleaving.looks[].launches",
        "$.interleaving.only[]", "$.interleaving.partner", "$.interleaving.side", "$.model.file", "$.model.shape.vocabulary", "$.settings.endToEndIterations", "$.settings.looks[].launches", "$.settings.looks[].share",
        "$.warnings[].message", "$.warnings[].subject", "$.workloads[].launches[].readPattern", "$.workloads[].result.digest",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Under_a_new_seal_every_leaf_but_the_free_facts_is_still_found(string document)
    {
        JsonNode whole = Document(document);
        string[] leaves = [.. Leaves.Of(whole, "$").Where(leaf => leaf != "$.digest")];
        string[] missed = [.. leaves.Where(leaf => Leaves.Others(Leaves.At(whole, leaf)).Any(other => !Found(Leaves.Replace(whole, leaf, other), reseal: true)))];
        string[] kinds = [.. missed.Select(Kind).Distinct().Order(StringComparer.Ordinal)];
        TestContext.Current.TestOutputHelper!.WriteLine($"{document}: {leaves.Length} leaves under a new seal, {leaves.Length - missed.Length} found whatever the change, {kinds.Length} kinds of free facts");
        if (document == "synthetic")
            Assert.Equal(FreeFacts.Concat(RecordedFacts.FreeFacts).Order(StringComparer.Ordinal), kinds);
        else
            Assert.Equal("", string.Join(' ', kinds.Except([.. FreeFacts, .. RecordedFacts.FreeFacts, .. ListedCode.FreeFacts, .. FreeElsewhere])));
        // The order follows from the seed since protocol 2, which the real run is of.
        Assert.Equal(document != "real", kinds.Contains("$.settings.orderSeed"));
    }

    /// <summary>The leaf whichever of a list it is in, and whichever variable.</summary>
    private static string Kind(string leaf) => Variable().Replace(Index().Replace(leaf, "[]"), "environment.*");

    [GeneratedRegex(@"environment\.\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Index();
}
