using System.Text;
using BitNet.Engine.Gguf;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Facts of a model's file beside its weights.</summary>
internal static class ModelFacts
{
    private const string Tokens = "tokenizer.ggml.";

    /// <summary>Null where the file names no tokenizer.</summary>
    public static TokenizerDescription? Tokenizer(GgufMetadata metadata)
    {
        if (!metadata.TryGetString($"{Tokens}model", out var kind) || !metadata.TryGetStrings($"{Tokens}tokens", out var tokens))
            return null;
        metadata.TryGetString($"{Tokens}pre", out var pre);
        metadata.TryGetStrings($"{Tokens}merges", out var merges);
        return new TokenizerDescription(
            kind, pre, tokens.Length, merges is { Length: > 0 } ? merges.Length : null, tokens.Concat(merges ?? []).Sum(text => (long)Encoding.UTF8.GetByteCount(text)));
    }

    /// <summary>From the folder for caches, else from the working folder; null for a file in neither, whose path is the machine's.</summary>
    public static string? PathOf(string file, string cache, string working) =>
        Below(file, cache) is { } cached ? $"cache:{cached}" : Below(file, working);

    private static string? Below(string file, string folder)
    {
        var path = Path.GetRelativePath(folder, Path.GetFullPath(file, folder)).Replace('\\', '/');
        return Path.IsPathRooted(path) || path.Contains(':') || path.Split('/')[0] == ".." || MachinePaths.Find(path) is not null ? null : path;
    }
}
