using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>Whether times are taken finely enough, and cheaply.</summary>
internal static class Clocks
{
    private const string Source = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// <summary>A reading that takes longer enters the system; one that does not takes some tens of nanoseconds.</summary>
    private const double CheapNanoseconds = 150;

    /// <summary>Shares of an iteration that an error of one step may be.</summary>
    private const double Negligible = 1e-4, Notable = 1e-3;

    public static IEnumerable<HostFinding> Of(HostCondition condition) => [Step(condition.Timer), ClockSource(condition)];

    private static HostFinding Step(TimerReading timer)
    {
        const string Code = "timer";
        var milliseconds = new WorkerTiming().KernelIterationMilliseconds;
        var share = timer.StepNanoseconds / (milliseconds * 1e6);
        var found = FormattableString.Invariant($"steps of {timer.StepNanoseconds:0} ns, {timer.Frequency / 1e6:0.###} MHz");
        if (share < Negligible)
            return HostFinding.Fine(Code, found);
        return new HostFinding(Code, share < Notable ? Severity.MayDisturb : Severity.Disturbs, found,
            FormattableString.Invariant($"one step is {share * 100:0.00} % of an iteration of {milliseconds} ms: values come in steps as coarse"));
    }

    private static HostFinding ClockSource(HostCondition condition)
    {
        const string Code = "clock-source";
        var cheap = condition.Timer.ReadNanoseconds <= CheapNanoseconds;
        var read = FormattableString.Invariant($"a reading takes {condition.Timer.ReadNanoseconds:0} ns");
        if (condition.Files.ReadLine(Source) is not { } source)
            return HostFinding.Unknown(Code, $"no {Source}; {read}", "a clock that is read through the system takes longer");
        var available = condition.Files.ReadLine(Source.Replace("current_", "available_"))?.Split(' ') ?? [];
        return source == "tsc" || cheap
            ? HostFinding.Fine(Code, $"{source}, {read}")
            : new HostFinding(Code, Severity.MayDisturb, $"{source}, {read}", "every reading enters the system; that shows in phases of a token, which are timed one by one",
                available.Contains("tsc") ? $"echo tsc | sudo tee {Source}" : null);
    }
}
