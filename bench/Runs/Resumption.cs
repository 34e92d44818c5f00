using BitNet.Perf.Bench.Host;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>An interrupted run goes on only where everything is as it was.</summary>
internal static class Resumption
{
    /// <param name="plan">Of the interrupted run.</param>
    /// <param name="build">The build that would go on.</param>
    /// <param name="buildId">Tells it from others.</param>
    /// <exception cref="RunRefusedException">Something differs; says what.</exception>
    public static void Require(RunPlan plan, RunEnvironment environment, BuildDescription build, string buildId)
    {
        RequireHost(plan.HostKey, environment, build.Runtime);
        RequireSame("commit", plan.Build.Commit, build.Commit);
        RequireSame("build", plan.BuildId, buildId);
        RequireSame("runtime", plan.Build.Runtime, build.Runtime);
        RequireSame("set of runtime variables", Variables(plan.Environment), Variables(BuildProbe.RuntimeVariables(environment.Variables)));
        if (plan.Affinity is { } processors && processors.Except(environment.Allowed).Any())
            RequireSame("list of processors", string.Join(',', processors), string.Join(',', environment.Allowed));
        if (!File.Exists(plan.ModelPath))
            throw new RunRefusedException($"{plan.ModelPath}: the model of the interrupted run is gone");
        RequireSame("model", plan.Model.Sha256, FileDigest.Sha256(plan.ModelPath, environment.Cache));
    }

    public static void RequireHost(string hostKey, RunEnvironment environment, string runtime) => RequireSame("host", hostKey, HostKey.From(environment.Host, runtime));

    public static void RequireSame(string what, string? then, string? now)
    {
        if (then != now)
            throw new RunRefusedException($"the interrupted run cannot go on: its {what} was {then ?? "unknown"}, here it is {now ?? "unknown"}");
    }

    private static string Variables(IReadOnlyDictionary<string, string> variables) =>
        string.Join(' ', variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));
}
