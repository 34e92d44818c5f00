namespace BitNet.Perf.Cli.Commands;

/// <summary><c>model</c>: the group of commands about a GGUF file.</summary>
internal static class ModelCommand
{
    public static PerfCommand Create() => new(
        "model",
        "Synthetic models, and what a GGUF file holds and computes.",
        "bitnet-perf model synth tiny.gguf --shape tiny",
        "bitnet-perf model verify ggml-model-i2_s.gguf")
    {
        ModelSynthCommand.Create(),
        ModelInspectCommand.Create(),
        ModelVerifyCommand.Create(),
        ModelEvalCommand.Create(),
    };
}
