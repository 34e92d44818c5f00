using System.Diagnostics.Tracing;

namespace BitNet.Perf.Bench.Worker;

/// <summary>Watches which optimisation tier the runtime compiles this program's methods at (runtime event MethodLoadVerbose). Used while
/// calibrating only: listening costs a thread that wakes up.</summary>
internal sealed class CodeTiers : EventListener
{
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const int TierShift = 7;
    private const uint TierMask = 7;

    /// <summary>Tiers of the event's flags: 2 is "optimized", the only one with tiered compilation off; 0 is unknown to the runtime.</summary>
    private static readonly string[] Names = ["unknown", "min-opts", "optimized", "quick (tier 0)", "tier 1", "tier 1 OSR", "ready-to-run", "tier 0 instrumented"];

    private readonly Dictionary<string, string> _lower = [];
    private int _seen;

    /// <summary>Methods of this program that are not fully optimised, with their tier.</summary>
    public IReadOnlyDictionary<string, string> Lower
    {
        get
        {
            lock (_lower)
                return new Dictionary<string, string>(_lower);
        }
    }

    /// <summary>Methods of this program seen so far.</summary>
    public int Seen => Volatile.Read(ref _seen);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true || eventData.PayloadNames is not { } names)
            return;
        if (eventData.Payload?[names.IndexOf("MethodNamespace")] is not string type || !type.StartsWith("BitNet.", StringComparison.Ordinal))
            return;
        Interlocked.Increment(ref _seen);
        var tier = Convert.ToUInt32(eventData.Payload[names.IndexOf("MethodFlags")]) >> TierShift & TierMask;
        if (tier == 2)
            return;
        lock (_lower)
            _lower[$"{type}.{eventData.Payload[names.IndexOf("MethodName")]}"] = Names[tier];
    }
}
