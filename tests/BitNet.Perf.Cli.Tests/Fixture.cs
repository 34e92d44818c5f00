namespace BitNet.Perf.Cli.Tests;

/// <summary>The golden tiny model and its two reference evaluations.</summary>
internal static class Fixture
{
    public const int Vocabulary = 512;
    public const int Context = 256;

    public static string TinyModel => Path("tiny-seed1.gguf");

    public static string Golden(string prompt) => Path($"tiny-seed1.prompt-{prompt}.json");

    private static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", name);
}
