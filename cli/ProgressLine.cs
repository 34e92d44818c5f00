using System.Diagnostics;

namespace BitNet.Perf.Cli;

/// <summary>A line on stderr that redraws itself, with the time left; draws nothing when nobody watches.</summary>
public sealed class ProgressLine(TextWriter error, bool enabled, string what) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.Zero;
    private int _drawn;

    /// <param name="done">Work done so far, in any unit.</param>
    /// <param name="total">All of it.</param>
    /// <param name="detail">What to show beside the percentage.</param>
    public void Report(long done, long total, string detail)
    {
        if (!enabled || _watch.Elapsed < _next) return;
        _next = _watch.Elapsed + Interval;
        Draw($"{what} {Percent(done, total)} % · {detail}{Left(_watch.Elapsed, done, total)}");
    }

    /// <summary>" · N s left" by the pace so far; nothing before there is a pace.</summary>
    public static string Left(TimeSpan elapsed, long done, long total)
    {
        if (done <= 0 || done >= total || elapsed < TimeSpan.FromSeconds(0.5)) return "";
        double seconds = elapsed.TotalSeconds / done * (total - done);
        return seconds < 90 ? $" · {Math.Ceiling(seconds):0} s left" : $" · {Math.Ceiling(seconds / 60):0} min left";
    }

    public void Dispose()
    {
        if (_drawn == 0) return;
        Draw("");
        error.Write('\r');
    }

    private static long Percent(long done, long total) => total <= 0 ? 0 : 100 * done / total;

    private void Draw(string text)
    {
        error.Write($"\r{text.PadRight(_drawn)}");
        error.Flush();
        _drawn = text.Length;
    }
}
