namespace BitNet.Perf.Bench.Evidence;

/// <summary>Has a worker's JIT list the code it makes, into a temporary file. Listing changes no code, only the time until it is compiled, so it is done
/// where results are checked and nothing is timed.</summary>
internal sealed class MachineCodeCapture : IDisposable
{
    /// <summary>What operations run through: engine and workloads.</summary>
    private const string Listed = "BitNet.Engine.*:* BitNet.Perf.Bench.Workloads.*:*";

    private readonly DirectoryInfo? _folder;

    public MachineCodeCapture()
    {
        try
        {
            _folder = Directory.CreateTempSubdirectory("bitnet-perf-code-");
            // A JIT that cannot open its file writes to standard output, which is the worker's voice.
            File.WriteAllBytes(Path.Combine(_folder.FullName, "code.txt"), []);
            ListingPath = Path.Combine(_folder.FullName, "code.txt");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
        }
    }

    /// <summary>Where the worker is to list its code; null where no file can be written.</summary>
    public string? ListingPath { get; }

    /// <summary>The runtime's variables of a worker that lists its code there.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string listing) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_JitDisasm"] = Listed,
        ["DOTNET_JitStdOutFile"] = listing,
    };

    /// <summary>What was listed, after the worker has ended.</summary>
    /// <param name="paths">Of the workloads that are to have evidence; null where the worker named none.</param>
    public CapturedCode Read(IReadOnlyDictionary<string, CodePath?> paths)
    {
        if (ListingPath is null)
            return CapturedCode.None(paths.Keys, "no temporary file can be written");
        try
        {
            using var text = new StreamReader(ListingPath);
            return CapturedCode.Of(CodeListing.Parse(text), paths);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CapturedCode.None(paths.Keys, "the listing cannot be read");
        }
    }

    public void Dispose()
    {
        try
        {
            _folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It lies among temporary files.
        }
    }
}
