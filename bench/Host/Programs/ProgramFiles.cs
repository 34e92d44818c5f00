using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Host.Programs;

/// <summary>The files that this process runs, described once.</summary>
public static class ProgramFiles
{
    private const string CheckoutMark = "BitNet.Perf.sln";

    /// <summary>Of the runtime configuration, what says how code is compiled and memory collected.</summary>
    private static readonly string[] OptionNames =
    [
        "System.GC.Concurrent", "System.GC.Server", "System.Runtime.TieredCompilation", "System.Runtime.TieredCompilation.QuickJit",
        "System.Runtime.TieredCompilation.QuickJitForLoops", "System.Runtime.TieredPGO",
    ];

    private static readonly Lazy<BinaryDescription?> Described = new(() => Describe(Environment.ProcessPath, Assemblies));

    /// <summary>Null where the system does not tell the process's file, or it cannot be read.</summary>
    public static BinaryDescription? Binary => Described.Value;

    /// <summary>The engine's assembly on the disk; null within a single file.</summary>
    public static string? EngineAssembly => Location(typeof(Engine.Kernels.KernelCatalog).Assembly);

    /// <summary>Those that run while a workload is measured: the program, this one and the engine.</summary>
    private static IEnumerable<string> Assemblies => new[] { Assembly.GetEntryAssembly(), typeof(ProgramFiles).Assembly, typeof(Engine.Kernels.KernelCatalog).Assembly }
        .Distinct().Select(Location).OfType<string>();

    internal static BinaryDescription? Describe(string? executable, IEnumerable<string> assemblies)
    {
        try
        {
            if (executable is null)
                return null;
            var bytes = File.ReadAllBytes(executable);
            var header = ExecutableHeader.Read(bytes);
            AssemblyDescription[] described = [.. assemblies.Select(Describe)];
            return new BinaryDescription
            {
                Path = BelowCheckout(executable),
                Bytes = bytes.Length,
                Sha256 = Digest(bytes),
                Format = header.Format,
                Bits = header.Bits,
                Machine = header.Machine,
                PositionIndependent = header.PositionIndependent,
                Stripped = header.Stripped,
                Deployment = Deployment(described.Length > 0),
                Assemblies = described,
                RuntimeOptions = new SortedDictionary<string, string>(
                    OptionNames.Where(name => AppContext.GetData(name) is not null).ToDictionary(name => name, name => AppContext.GetData(name)!.ToString()!.ToLowerInvariant()), StringComparer.Ordinal),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }

    private static AssemblyDescription Describe(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var reader = new PEReader(new MemoryStream(bytes));
        return new AssemblyDescription(Path.GetFileName(path), bytes.Length, Digest(bytes), reader.PEHeaders.CorHeader is { ManagedNativeHeaderDirectory.Size: > 0 });
    }

    private static Deployment Deployment(bool assembliesOnDisk) => assembliesOnDisk
        ? Path.GetDirectoryName(Location(typeof(object).Assembly)) is { } runtime && Same(runtime, AppContext.BaseDirectory) ? Receipts.Schema.Deployment.SelfContained : Receipts.Schema.Deployment.FrameworkDependent
        : RuntimeFeature.IsDynamicCodeSupported ? Receipts.Schema.Deployment.SingleFile : Receipts.Schema.Deployment.NativeAot;

    /// <summary>The path from the root of the checkout that the file lies in, or its name.</summary>
    internal static string BelowCheckout(string file)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(file)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, CheckoutMark)))
                return Path.GetRelativePath(folder, file).Replace('\\', '/');
        }
        return Path.GetFileName(file);
    }

    private static string? Location(Assembly? assembly) => assembly?.Location is { Length: > 0 } path ? path : null;

    private static bool Same(string a, string b) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(a)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(b));

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
