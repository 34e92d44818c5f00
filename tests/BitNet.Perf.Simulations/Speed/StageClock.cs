using System.Diagnostics;
using System.Globalization;

namespace BitNet.Perf.Simulations.Speed;

/// <summary>Prints how long a piece of work took.</summary>
internal static class StageClock
{
    public static T Time<T>(string name, Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        T value = work();
        Console.Out.WriteLine(Line(name, clock.Elapsed));
        return value;
    }

    public static string Line(string name, TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"{name,-28}{elapsed.TotalSeconds,8:0.000} s");
}
