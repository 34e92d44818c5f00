using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>A folder with a published bitnet-perf.</summary>
public static class PublishedProgram
{
    private const string Name = "bitnet-perf";

    /// <summary>How to start a worker of it: the executable, else the assembly with the `dotnet` that runs this program, or the one of the path.</summary>
    /// <exception cref="NoProgramException">There is none in the folder.</exception>
    public static WorkerCommand In(string folder)
    {
        var executable = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        if (File.Exists(executable))
            return new WorkerCommand(Path.GetFullPath(executable), [WorkerProtocol.Command]);
        var assembly = Path.Combine(folder, $"{Name}.dll");
        if (File.Exists(assembly))
            return new WorkerCommand(Dotnet(), [Path.GetFullPath(assembly), WorkerProtocol.Command]);
        throw new NoProgramException(
            $"{folder}: {(Directory.Exists(folder) ? $"no {Name} and no {Name}.dll in it" : "no such folder")}; expected a published {Name} (dotnet publish -c Release cli -o {folder})");
    }

    private static string Dotnet() =>
        Environment.ProcessPath is { } process && Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? process
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}

/// <summary>A folder holds no program to measure. One line.</summary>
public sealed class NoProgramException(string message) : Exception(message);
