namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>Everything that is looked for.</summary>
public static class HostExamination
{
    private static readonly Func<HostCondition, IEnumerable<HostFinding>>[] Parts =
        [ClockSpeed.Of, PowerSaving.Of, Processors.Of, Neighbours.Of, Memory.Of, Clocks.Of, ProgramStart.Of];

    /// <summary>One finding for each code, the gravest first.</summary>
    public static IReadOnlyList<HostFinding> Of(HostCondition condition) => [.. Parts.SelectMany(part => part(condition)).OrderBy(finding => finding.Severity)];
}
