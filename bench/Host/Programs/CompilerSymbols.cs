using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Host.Programs;

/// <summary>What the compiler wrote of itself into the symbols of an assembly: the compilation options of a portable PDB (dotnet/runtime,
/// docs/design/specs/PortablePdb-Metadata.md, "Compilation Options").</summary>
public static class CompilerSymbols
{
    private static readonly Guid CompilationOptions = new("B5FEEC05-8CD0-4A83-96DA-466284BB4BD8");

    /// <returns>Null where no symbols of that very assembly lie beside or in it, or they do not say.</returns>
    public static CompilerDescription? Read(string? assembly)
    {
        try
        {
            if (assembly is null)
                return null;
            using var file = new PEReader(File.OpenRead(assembly));
            // Symbols of another build of the assembly have another id and are not opened.
            if (!file.TryOpenAssociatedPortablePdb(assembly, path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _))
                return null;
            using (provider)
                return Describe(Options(provider!.GetMetadataReader()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static CompilerDescription? Describe(Dictionary<string, string> options) =>
        options.GetValueOrDefault("language") is { Length: > 0 } language && options.GetValueOrDefault("compiler-version") is { Length: > 0 } version
            // Left out of the options where it is off.
            ? new CompilerDescription(language, version, options.GetValueOrDefault("optimization")?.StartsWith("release", StringComparison.Ordinal) == true ? "release" : "debug", options.GetValueOrDefault("platform"))
            : null;

    /// <summary>Names and values in turn, each ended by a zero.</summary>
    private static Dictionary<string, string> Options(MetadataReader reader)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var handle in reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition))
        {
            var information = reader.GetCustomDebugInformation(handle);
            if (reader.GetGuid(information.Kind) != CompilationOptions)
                continue;
            var texts = Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)).Split('\0');
            for (var i = 0; i + 1 < texts.Length; i += 2)
                found[texts[i]] = texts[i + 1];
        }
        return found;
    }
}
