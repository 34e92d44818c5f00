namespace BitNet.Perf.Reporter.Rendering;

/// <summary>A template that cannot be read or rendered (exit code 65): one line with the file, the line in it and what is wrong.</summary>
public sealed class ReportTemplateException(string file, int? line, string fault, Exception? cause = null)
    : Exception($"{file}{(line is { } l ? FormattableString.Invariant($", line {l}") : "")}: {fault}", cause)
{
    public string File { get; } = file;

    /// <summary>1-based; null where the fault is not in a line.</summary>
    public int? Line { get; } = line;
}
