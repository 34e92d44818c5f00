using System.Reflection;

namespace BitNet.Perf.Bench.Host;

/// <summary>How this very program is started again with one of its hidden commands.</summary>
public static class ThisProgram
{
    /// <summary>Executable and leading arguments; works from `dotnet run`, `dotnet bitnet-perf.dll`, the executable and the installed tool. Null
    /// where the system does not tell the program's path.</summary>
    public static (string File, IReadOnlyList<string> Arguments)? Command
    {
        get
        {
            if (Environment.ProcessPath is not { } process)
                return null;
            var host = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
            var entry = Assembly.GetEntryAssembly()?.Location;
            return host && !string.IsNullOrEmpty(entry) ? (process, [entry]) : (process, []);
        }
    }
}
