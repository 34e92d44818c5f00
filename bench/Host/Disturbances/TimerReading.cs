using System.Diagnostics;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>The clock that times are taken with, as it is and as it behaves here.</summary>
/// <param name="Frequency">Ticks a second that <see cref="Stopwatch"/> claims.</param>
/// <param name="StepNanoseconds">Smallest difference seen between two readings that differ.</param>
/// <param name="ReadNanoseconds">One reading, the median of many batches.</param>
public sealed record TimerReading(long Frequency, double StepNanoseconds, double ReadNanoseconds)
{
    private const int Batches = 200, Readings = 500;

    /// <summary>Takes some milliseconds on an ordinary clock.</summary>
    public static TimerReading Measure()
    {
        var step = long.MaxValue;
        var batches = new double[Batches];
        for (var batch = 0; batch < Batches; batch++)
        {
            var first = Stopwatch.GetTimestamp();
            var last = first;
            for (var i = 0; i < Readings; i++)
            {
                var now = Stopwatch.GetTimestamp();
                if (now > last)
                    step = Math.Min(step, now - last);
                last = now;
            }
            batches[batch] = (double)(last - first) / Readings;
        }
        var tick = 1e9 / Stopwatch.Frequency;
        // A clock that never moved within all batches steps by more than these took; its true step is then waited for.
        return new TimerReading(Stopwatch.Frequency, (step == long.MaxValue ? NextStep() : step) * tick, batches.Order().ElementAt(Batches / 2) * tick);
    }

    private static long NextStep()
    {
        long first = Stopwatch.GetTimestamp(), next;
        while ((next = Stopwatch.GetTimestamp()) == first)
        {
        }
        return next - first;
    }
}
