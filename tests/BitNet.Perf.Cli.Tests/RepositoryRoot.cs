namespace BitNet.Perf.Cli.Tests;

internal static class RepositoryRoot
{
    /// <summary>The folder of the solution, above the test's own.</summary>
    public static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "BitNet.Perf.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("BitNet.Perf.sln was not found above the test's folder");
    }
}
