using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Bench.Runs;

/// <summary>The environment of a worker: this process's, with the runtime set so that the code that is measured is the final code.</summary>
public static class WorkerEnvironment
{
    public static IReadOnlyDictionary<string, string> Settings => FinalCode.Variables;

    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> current)
    {
        var result = new Dictionary<string, string>(current, StringComparer.Ordinal);
        foreach (var (name, value) in Settings)
            result[name] = value;
        // The plan names the kernel; a variable must not contradict it.
        result.Remove(KernelCatalog.EnvironmentVariable);
        return result;
    }
}
