using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Schema;

/// <summary>The program that measured: source, compiler, runtime and the settings that decide the machine code.</summary>
public sealed record BuildDescription
{
    /// <summary>Full git commit of the source; null when the build was not made from a git checkout.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the checkout differed from the commit when it was built.</summary>
    public bool? Dirty { get; init; }

    public string? Sdk { get; init; }

    /// <summary>e.g. ".NET 10.0.12".</summary>
    public required string Runtime { get; init; }

    /// <summary>Release or Debug.</summary>
    public required string Configuration { get; init; }

    /// <summary>Percent of work that the build adds to a kernel on purpose; left out of a build as it should be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExtraKernelWork { get; init; }

    /// <summary>e.g. linux-x64.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>As set for the worker that measured.</summary>
    public required JitSettings Jit { get; init; }

    /// <summary>Left out where the system does not tell the program's file, and in receipts from before it was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BinaryDescription? Binary { get; init; }

    /// <summary>Left out where no symbols lie beside the program.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompilerDescription? Compiler { get; init; }

    /// <summary>Left out where no record of the build lies beside the program, or it is of another one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BuildCommand? Command { get; init; }
}

public sealed record JitSettings
{
    public required bool TieredCompilation { get; init; }
    public required bool TieredPgo { get; init; }
    public required bool ReadyToRun { get; init; }

    /// <summary>Every DOTNET_ variable of the worker's environment that changes generated code, by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}

/// <summary>The model file the run used.</summary>
public sealed record ModelDescription
{
    /// <summary>File name without folders: a receipt carries no path of the machine.</summary>
    public required string File { get; init; }
    public required long Bytes { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    public required string Architecture { get; init; }
    public string? Name { get; init; }

    /// <summary>Type of the linear layers' weights, e.g. I2_S.</summary>
    public required string Format { get; init; }

    /// <summary>Type of the embedding and head, e.g. F16.</summary>
    public required string HeadFormat { get; init; }

    /// <summary>Counted over the tensors.</summary>
    public required long Parameters { get; init; }

    public required ModelDimensions Shape { get; init; }

    /// <summary>True when made by `model synth` (its metadata says so).</summary>
    public required bool Synthetic { get; init; }

    /// <summary>From the folder the run was started in, or "cache:" and the path in the folder for caches; left out for a file elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>Left out where the file has none, and in receipts from before it was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenizerDescription? Tokenizer { get; init; }
}

public sealed record ModelDimensions(
    int Layers, int Embedding, int FeedForward, int Heads, int KeyValueHeads, int HeadSize, int Vocabulary, int Context);
