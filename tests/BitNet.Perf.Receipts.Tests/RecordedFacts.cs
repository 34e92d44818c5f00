using BitNet.Perf.Receipts.Schema;
using static BitNet.Perf.Receipts.Tests.SyntheticReceipt;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>The members of a receipt that tell of program, build, tokenizer, input and check value, invented and sound, and what breaks them.</summary>
internal static class RecordedFacts
{
    private const string Hex = "fedcba9876543210";
    private static readonly string Sha256 = string.Concat(Enumerable.Repeat(Hex, 4));

    public static Receipt Of(Receipt receipt) => (receipt with
    {
        Build = receipt.Build with
        {
            Binary = new BinaryDescription
            {
                Path = "cli/bin/Release/net10.0/bitnet-perf",
                Bytes = 72_520,
                Sha256 = Sha256,
                Format = "elf",
                Bits = 64,
                Machine = "x86-64",
                PositionIndependent = true,
                Stripped = true,
                Deployment = Deployment.FrameworkDependent,
                Assemblies = [new("bitnet-perf.dll", 170_496, Sha256, false), new("BitNet.Engine.dll", 160_768, Sha256, false)],
                RuntimeOptions = new SortedDictionary<string, string> { ["System.Runtime.TieredPGO"] = "false" },
            },
            Compiler = new("C#", "5.0.0-2.25523.111+b0f34d51fccc69fd334253924abd8d6853fad7aa", "release", "AnyCpu"),
            Command = new("dotnet build -c Release cli", true, new DateTimeOffset(2026, 1, 31, 7, 58, 2, TimeSpan.Zero), 21.5, true),
        },
        Model = receipt.Model! with { Path = "cache:models/synthetic-2b-seed1.gguf", Tokenizer = new("gpt2", "llama-bpe", 128256, 280_147, 4_200_000) },
    }).With(Decode, workload => workload with
    {
        Input = new("the id that begins a text", false, 1, $"sha256:{Sha256}", 32, "greedy"),
        Result = workload.Result! with
        {
            Perplexity = new PerplexityCheck { TextDigest = $"sha256:{Sha256}", Positions = 32, Value = 131_072.5, ScalarPositions = 8, ValueThere = 130_017.25, ScalarValue = 130_017.5 },
        },
    });

    /// <summary>Of these members, the leaves that nothing else follows from (TamperingTests); the perplexity's values for less than their tolerance.</summary>
    public static IReadOnlyList<string> FreeFacts { get; } =
    [
        "$.build.binary.assemblies[].bytes", "$.build.binary.assemblies[].file", "$.build.binary.assemblies[].readyToRun", "$.build.binary.assemblies[].sha256",
        "$.build.binary.bytes", "$.build.binary.path", "$.build.binary.positionIndependent", "$.build.binary.runtimeOptions.System·Runtime·TieredPGO",
        "$.build.binary.sha256", "$.build.binary.stripped", "$.build.command.exact", "$.build.command.seconds", "$.build.command.startedUtc", "$.build.command.text",
        "$.build.command.warningsAsErrors", "$.build.compiler.language", "$.build.compiler.version", "$.model.tokenizer.bytes", "$.model.tokenizer.kind",
        "$.model.tokenizer.merges", "$.model.tokenizer.preTokenizer", "$.workloads[].input.isText", "$.workloads[].input.prompt", "$.workloads[].input.promptDigest",
        "$.workloads[].result.perplexity.positions", "$.workloads[].result.perplexity.scalarPositions", "$.workloads[].result.perplexity.scalarValue",
        "$.workloads[].result.perplexity.textDigest", "$.workloads[].result.perplexity.value", "$.workloads[].result.perplexity.valueThere",
    ];

    public static IReadOnlyList<Breakage> Breakages { get; } =
    [
        Binary("a folder above", "binary", "path", b => b with { Path = "../bitnet-perf" }),
        Binary("an empty program", "binary", "bytes", b => b with { Bytes = 0 }),
        Binary("a short digest of the program", "sha256", "sha256", b => b with { Sha256 = "abc" }),
        Binary("a program of another system", "binary", "format", b => b with { Format = "pe" }),
        Binary("a program of another processor", "binary", "machine", b => b with { Machine = "arm64" }),
        Binary("a program of other bits", "binary", "bits", b => b with { Bits = 32 }),
        Binary("assemblies beside a single file", "binary", "assemblies", b => b with { Deployment = Deployment.SingleFile }),
        Binary("no assemblies", "binary", "assemblies", b => b with { Assemblies = [] }),
        Binary("an assembly twice", "binary", "assemblies[1].file", b => b with { Assemblies = [b.Assemblies[0], b.Assemblies[0]] }),
        Binary("an empty assembly", "binary", "assemblies[0].bytes", b => b with { Assemblies = [b.Assemblies[0] with { Bytes = -1 }] }),
        Binary("a short digest of an assembly", "sha256", "assemblies[0].sha256", b => b with { Assemblies = [b.Assemblies[0] with { Sha256 = "0" }] }),
        Binary("an option of nobody", "binary", "runtimeOptions", b => b with { RuntimeOptions = new SortedDictionary<string, string> { ["PATH"] = "1" } }),
        Broken("a compiler without version", "compiler", "$.build.compiler.version", r => Build(r, b => b with { Compiler = b.Compiler! with { Version = "new" } })),
        Broken("a Release build not optimised", "compiler", "$.build.compiler.optimization", r => Build(r, b => b with { Compiler = b.Compiler! with { Optimization = "debug" } })),
        Broken("an unknown platform of IL", "compiler", "$.build.compiler.platform", r => Build(r, b => b with { Compiler = b.Compiler! with { Platform = "Z80" } })),
        Broken("a build command of two lines", "build-command", "$.build.command.text", r => Build(r, b => b with { Command = b.Command! with { Text = "dotnet\nbuild" } })),
        Broken("a build after the run", "build-command", "$.build.command.startedUtc", r => Build(r, b => b with { Command = b.Command! with { StartedUtc = r.CreatedUtc } })),
        Broken("a build of negative time", "build-command", "$.build.command.seconds", r => Build(r, b => b with { Command = b.Command! with { Seconds = -1 } })),
        Broken("a build of an absolute folder", "path", "$.build.command.text", r => Build(r, b => b with { Command = b.Command! with { Text = "dotnet build /home/ada/bitnet" } })),
        Broken("a model elsewhere", "model-path", "$.model.path", r => Model(r, m => m with { Path = "cache:../synthetic-2b-seed1.gguf" })),
        Broken("a path to another model", "model-path", "$.model.path", r => Model(r, m => m with { Path = "models/other.gguf" })),
        Broken("a tokenizer without a name", "tokenizer", "$.model.tokenizer.kind", r => Model(r, m => m with { Tokenizer = m.Tokenizer! with { Kind = "" } })),
        Broken("a tokenizer of another vocabulary", "tokenizer", "$.model.tokenizer.vocabulary", r => Model(r, m => m with { Tokenizer = m.Tokenizer! with { Vocabulary = 32000 } })),
        Broken("more merges than bytes", "tokenizer", "$.model.tokenizer.merges", r => Model(r, m => m with { Tokenizer = m.Tokenizer! with { Bytes = 1000 } })),
        Broken("a prompt for a kernel", "input", "$.workloads[0].input", r => r.With(Gemv, w => w with { Input = r.Workloads.Single(d => d.Id == Decode).Input })),
        Input("a longer prompt", "input", "promptTokens", i => i with { PromptTokens = 2 }),
        Input("more tokens", "input", "maxTokens", i => i with { MaxTokens = 33 }),
        Input("a short digest of the prompt", "sha256", "promptDigest", i => i with { PromptDigest = "sha256:0" }),
        Input("a prompt of nothing", "input", "prompt", i => i with { Prompt = "" }),
        Input("dice", "input", "sampling", i => i with { Sampling = "dice" }),
        Broken("the perplexity of a kernel", "perplexity", "$.workloads[0].result.perplexity",
            r => r.With(Gemv, w => w with { Result = w.Result! with { Perplexity = r.Workloads.Single(d => d.Id == Decode).Result!.Perplexity } })),
        Perplexity("a short digest of the text", "sha256", "textDigest", p => p with { TextDigest = "sha256:0" }),
        Perplexity("more positions held than there are", "perplexity", "positions", p => p with { ScalarPositions = 33 }),
        Perplexity("a likelihood above 1", "perplexity", "value", p => p with { Value = 0.5 }),
        Perplexity("two values of the same positions", "perplexity", "valueThere", p => p with { ScalarPositions = 32 }),
        Perplexity("another perplexity than the scalar pass", "perplexity", "valueThere", p => p with { ValueThere = p.ScalarValue * 1.001 }),
    ];

    private static Breakage Broken(string name, string code, string path, Func<Receipt, Receipt> change) => new(name, code, path, receipt => change(Of(receipt)));

    private static Breakage Binary(string name, string code, string member, Func<BinaryDescription, BinaryDescription> change) =>
        Broken(name, code, $"$.build.binary.{member}", r => Build(r, b => b with { Binary = change(b.Binary!) }));

    private static Breakage Input(string name, string code, string member, Func<GenerationInput, GenerationInput> change) =>
        Broken(name, code, $"$.workloads[2].input.{member}", r => r.With(Decode, w => w with { Input = change(w.Input!) }));

    private static Breakage Perplexity(string name, string code, string member, Func<PerplexityCheck, PerplexityCheck> change) =>
        Broken(name, code, $"$.workloads[2].result.perplexity.{member}", r => r.With(Decode, w => w with { Result = w.Result! with { Perplexity = change(w.Result.Perplexity!) } }));

    private static Receipt Build(Receipt receipt, Func<BuildDescription, BuildDescription> change) => receipt with { Build = change(receipt.Build) };

    private static Receipt Model(Receipt receipt, Func<ModelDescription, ModelDescription> change) => receipt with { Model = change(receipt.Model!) };
}
