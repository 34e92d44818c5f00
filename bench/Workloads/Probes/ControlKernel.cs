using System.Runtime.CompilerServices;

namespace BitNet.Perf.Bench.Workloads.Probes;

/// <summary>A fixed loop of integer arithmetic in registers. Its source never changes, so when its time changes between two runs, the
/// host changed. FROZEN as control/1: another loop is another definition.</summary>
public sealed class ControlKernel : Workload
{
    /// <summary>Steps of one operation; some 100 µs.</summary>
    public const int Steps = 65_536;

    /// <summary>What the steps give from the fixed start.</summary>
    public const ulong Expected = 0xE1A8_7741_32F2_6F30;

    private ulong _last;

    public override void Run() => _last = Loop(0x0123_4567_89AB_CDEF, Steps);

    public override string Digest()
    {
        Run();
        return ResultDigest.Of<ulong>([_last]);
    }

    public override Receipts.Schema.ResultCheck Check()
    {
        Run();
        return _last == Expected
            ? new Receipts.Schema.ResultCheck(ResultDigest.Of<ulong>([_last]), "constant", 1, null)
            : throw new WrongResultException($"probe/control: gives {_last:x16}; expected {Expected:x16}");
    }

    /// <summary>Two chains of multiply, rotate and add that depend on each other: bound by latency, without memory or vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ulong Loop(ulong state, int steps)
    {
        var a = state;
        var b = ~state;
        for (var i = 0; i < steps; i++)
        {
            a = (a ^ (b >> 29)) * 0xbf58_476d_1ce4_e5b9 + (ulong)i;
            b = (b << 17 | b >> 47) + a;
        }
        return a ^ b;
    }
}
