using BenchmarkDotNet.Loggers;

namespace BitNet.Perf.Bench.Worker;

/// <summary>Standard output belongs to the protocol.</summary>
internal sealed class SilentLogger : ILogger
{
    public static SilentLogger Instance { get; } = new();

    public string Id => nameof(SilentLogger);

    public int Priority => 0;

    public void Write(LogKind logKind, string text) { }

    public void WriteLine() { }

    public void WriteLine(LogKind logKind, string text) { }

    public void Flush() { }
}
