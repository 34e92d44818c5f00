using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Host.Programs;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Host;

/// <summary>Describes the program: commit, state of the checkout and SDK were written into the assembly when it was built.</summary>
public static class BuildProbe
{
    /// <summary>Tells two builds apart even where commit and state are the same: the version ids of the modules that measure. Builds are
    /// deterministic, so the same source gives the same id.</summary>
    public static string BuildId { get; } = $"{typeof(BuildProbe).Module.ModuleVersionId:N}-{typeof(Engine.Kernels.KernelCatalog).Module.ModuleVersionId:N}";

    /// <param name="environment">The worker's environment: it decides the machine code that was measured.</param>
    public static BuildDescription Describe(IReadOnlyDictionary<string, string> environment) => DescribeCode(environment) with
    {
        Binary = ProgramFiles.Binary,
        Compiler = CompilerSymbols.Read(ProgramFiles.EngineAssembly),
        Command = BuildRecord.Read(AppContext.BaseDirectory, ProgramFiles.Binary),
    };

    /// <summary>As <see cref="Describe"/>, without looking at the program's files: those are read, hashed and parsed.</summary>
    public static BuildDescription DescribeCode(IReadOnlyDictionary<string, string> environment)
    {
        var assembly = typeof(BuildProbe).Assembly;
        var dirty = Metadata(assembly, "SourceDirty");
        return new BuildDescription
        {
            Commit = Metadata(assembly, "SourceCommit"),
            Dirty = dirty is null ? null : dirty == "true",
            Sdk = Metadata(assembly, "BuildSdk"),
            Runtime = RuntimeInformation.FrameworkDescription,
            Configuration = Metadata(assembly, "BuildConfiguration") ?? "unknown",
            ExtraKernelWork = Metadata(typeof(Engine.Kernels.KernelCatalog).Assembly, "ExtraKernelWork") is { } percent ? int.Parse(percent, CultureInfo.InvariantCulture) : null,
            RuntimeIdentifier = RuntimeInformation.RuntimeIdentifier,
            Jit = Jit(environment),
        };
    }

    internal static JitSettings Jit(IReadOnlyDictionary<string, string> environment) => new()
    {
        TieredCompilation = environment.GetValueOrDefault("DOTNET_TieredCompilation") != "0",
        TieredPgo = environment.GetValueOrDefault("DOTNET_TieredPGO") != "0",
        ReadyToRun = environment.GetValueOrDefault("DOTNET_ReadyToRun") != "0",
        Environment = RuntimeVariables(environment),
    };

    /// <summary>The runtime's own variables, by name. Paths are left out: they say where things are, not how code is made.</summary>
    public static IReadOnlyDictionary<string, string> RuntimeVariables(IReadOnlyDictionary<string, string> environment)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in environment)
        {
            // DOTNET_CLI_… steers the SDK's commands, not the runtime.
            var isRuntime = name.StartsWith("DOTNET_", StringComparison.Ordinal) && !name.StartsWith("DOTNET_CLI_", StringComparison.Ordinal);
            if (isRuntime && !Unrelated.Contains(name) && !value.Contains('/') && !value.Contains('\\'))
                result[name] = value;
        }
        return result;
    }

    public static IReadOnlyDictionary<string, string> CurrentEnvironment() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    private static readonly HashSet<string> Unrelated = new(StringComparer.Ordinal)
    {
        "DOTNET_NOLOGO", "DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "DOTNET_RUNNING_IN_CONTAINER", "DOTNET_GENERATE_ASPNET_CERTIFICATE",
        "DOTNET_USE_POLLING_FILE_WATCHER", "DOTNET_VERSION", "DOTNET_ROOT",
        "DOTNET_LAUNCH_PROFILE", "DOTNET_HOST_PATH", "DOTNET_ROLL_FORWARD",
    };

    private static string? Metadata(Assembly assembly, string key) => assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == key && !string.IsNullOrEmpty(a.Value))?.Value;
}
