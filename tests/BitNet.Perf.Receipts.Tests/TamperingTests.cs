using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public partial class TamperingTests
{
    private static readonly JsonNode Sealed = JsonNode.Parse(ReceiptFile.Format(ReceiptDigest.Seal(MachineCodeBreakages.Sound(RecordedFacts.Of(SyntheticReceipt.Create(launches: 2))))))!;

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

    [Fact]
    public void The_document_itself_is_sound() => Assert.False(Found(Sealed, reseal: false));

    [Fact]
    public void Changing_any_leaf_is_found()
    {
        string[] leaves = [.. Leaves.Of(Sealed, "$")];
        Assert.True(leaves.Length > 200, "the walk must reach the samples");
        foreach (string leaf in leaves)
        {
            foreach (JsonNode? other in Leaves.Others(Leaves.At(Sealed, leaf)))
                Assert.True(Found(Leaves.Replace(Sealed, leaf, other), reseal: false), $"{leaf} = {other?.ToJsonString()} was not found");
        }
    }

    [Fact]
    public void Removing_any_leaf_or_setting_it_to_null_is_found()
    {
        foreach (string leaf in Leaves.Of(Sealed, "$"))
        {
            Assert.True(Found(Leaves.Remove(Sealed, leaf), reseal: false), $"{leaf} removed was not found");
            bool isNull = Leaves.At(Sealed, leaf) is null;
            Assert.True(isNull || Found(Leaves.Replace(Sealed, leaf, null), reseal: false), $"{leaf} = null was not found");
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
        "$.build.commit", "$.build.dirty", "$.build.jit.environment.DOTNET_TieredCompilation", "$.build.jit.readyToRun",
        "$.build.jit.tieredCompilation", "$.build.jit.tieredPgo", "$.build.runtime", "$.build.sdk", "$.filters", "$.generator.name",
        "$.generator.protocol", "$.generator.version", "$.host.container", "$.host.cpu.caches[].bytes", "$.host.cpu.caches[].instances",
        "$.host.cpu.caches[].level", "$.host.cpu.isa[]", "$.host.cpu.nominalMegahertz", "$.host.cpu.physicalCores", "$.host.cpu.sockets",
        "$.host.cpu.threadsPerCore", "$.host.cpuLimitCores", "$.host.governor", "$.host.kernel", "$.host.memoryBytes",
        "$.host.numaNodes", "$.host.operatingSystem", "$.host.transparentHugePages", "$.host.turbo", "$.host.virtualization",
        "$.methods[].bytes", "$.methods[].counts.branches", "$.methods[].counts.calls", "$.methods[].counts.instructions",
        "$.methods[].counts.loads", "$.methods[].counts.multiplyAdds[].count", "$.methods[].counts.prefetches", "$.methods[].counts.reloads",
        "$.methods[].counts.spills", "$.methods[].counts.stores", "$.methods[].counts.xmm", "$.methods[].counts.ymm", "$.methods[].counts.zmm",
        "$.methods[].hotLoop.branches", "$.methods[].hotLoop.calls", "$.methods[].hotLoop.instructions", "$.methods[].hotLoop.loads",
        "$.methods[].hotLoop.reloads", "$.methods[].hotLoop.stores", "$.methods[].hotLoop.xmm", "$.methods[].hotLoop.ymm", "$.methods[].hotLoop.zmm",
        "$.launches[].affinity[]", "$.launches[].stealShare", "$.launches[].wallSeconds", "$.model.architecture", "$.model.bytes",
        "$.model.format", "$.model.headFormat", "$.model.name", "$.model.parameters", "$.model.shape.context",
        "$.model.shape.embedding", "$.model.shape.feedForward", "$.model.synthetic", "$.phases.launch",
        "$.phases.phases[].parts[].name", "$.phases.tokens", "$.run", "$.settings.affinityPolicy", "$.settings.coldBytes",
        "$.settings.endToEndWarmups", "$.settings.environment.BITNET_PERF_THREADS", "$.settings.forcedKernel",
        "$.settings.kernelIterationMilliseconds", "$.settings.kernelWarmups", "$.settings.orderSeed", "$.settings.threads[]",
        "$.workloads[].definition", "$.workloads[].kernel", "$.workloads[].launches[].allocatedBytes",
        "$.workloads[].launches[].nanoseconds[]", "$.workloads[].result.against", "$.workloads[].result.checked",
        "$.workloads[].result.detail", "$.workloads[].summary.launchSpread", "$.workloads[].work.tokens",
    ];

    [Fact]
    public void Under_a_new_seal_every_leaf_but_the_free_facts_is_still_found()
    {
        string[] missed =
        [
            .. Leaves.Of(Sealed, "$").Where(leaf => leaf != "$.digest")
                .Where(leaf => Leaves.Others(Leaves.At(Sealed, leaf)).Any(other => !Found(Leaves.Replace(Sealed, leaf, other), reseal: true))),
        ];
        Assert.Equal(FreeFacts.Concat(RecordedFacts.FreeFacts).Order(StringComparer.Ordinal), missed.Select(leaf => Index().Replace(leaf, "[]")).Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Index();
}
