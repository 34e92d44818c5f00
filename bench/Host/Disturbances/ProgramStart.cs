using System.Globalization;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>This program and how it was started: debugger, build, the runtime's variables.</summary>
internal static class ProgramStart
{
    /// <summary>Beginnings of variables that change the machine code or stand between the program and its code.</summary>
    private static readonly string[] CodeChanging = ["Enable", "Jit", "PreferredVectorBitWidth", "MaxVectorTBitWidth", "GCStress", "ReadyToRun", "TC_", "Tiered", "OSR_"];

    public static IEnumerable<HostFinding> Of(HostCondition condition) => [DebuggerAttached(condition), Configuration(condition), Variables(condition)];

    private static HostFinding DebuggerAttached(HostCondition condition)
    {
        const string Code = "debugger", Cost = "a debugger or tracer stops the program at events, and the runtime may make unoptimised code for it", Mend = "start the program without it";
        var tracer = (condition.Files.Read("/proc/self/status") ?? "").Split('\n').FirstOrDefault(line => line.StartsWith("TracerPid:", StringComparison.Ordinal))?["TracerPid:".Length..].Trim();
        if (condition.Debugger)
            return new HostFinding(Code, Severity.Disturbs, "a managed debugger is attached", Cost, Mend);
        if (tracer is not null and not "0")
            return new HostFinding(Code, Severity.Disturbs, $"process {tracer} traces this one", Cost, Mend);
        return HostFinding.Fine(Code, tracer is null ? "no managed one" : "none");
    }

    private static HostFinding Configuration(HostCondition condition) => condition.Build.Configuration switch
    {
        "Release" => HostFinding.Fine("build", "Release"),
        "unknown" => HostFinding.Unknown("build", "the build does not say its configuration", "a Debug build is not optimised"),
        var other => new HostFinding("build", Severity.Disturbs, other, "the code is not optimised: its figures say nothing about a Release build", "dotnet build -c Release"),
    };

    // What a worker sets itself is no finding: it is overridden.
    private static HostFinding Variables(HostCondition condition)
    {
        const string Code = "runtime-variables";
        var left = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in BuildProbe.RuntimeVariables(condition.Variables))
        {
            if (!FinalCode.Variables.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
                left[name] = value;
        }
        foreach (var (name, value) in condition.Variables)
        {
            if (name.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase) || (IsProfiler(name) && value == "1"))
                left[name] = value;
        }
        if (left.Count == 0)
            return HostFinding.Fine(Code, "none that workers do not set themselves");
        var grave = left.Keys.Any(name => IsProfiler(name) || CodeChanging.Any(start => name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..].StartsWith(start, true, CultureInfo.InvariantCulture)));
        return new HostFinding(Code, grave ? Severity.Disturbs : Severity.MayDisturb, string.Join(' ', left.Select(v => $"{v.Key}={v.Value}")),
            grave ? "workers inherit it, and it changes the machine code that is measured" : "workers inherit it; what it changes is not known here",
            $"unset {string.Join(' ', left.Keys)}");
    }

    private static bool IsProfiler(string name) => name is "CORECLR_ENABLE_PROFILING" or "DOTNET_EnableEventPipe";
}
