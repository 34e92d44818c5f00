using BitNet.Perf.Bench.Host.Disturbances;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>The diagnosis for people: what disturbs first, what was found fine in one line.</summary>
internal static class DoctorText
{
    private const string Indent = "    ";

    public static IEnumerable<string> Lines(Diagnosis diagnosis, int width)
    {
        yield return Headline(diagnosis.Findings);
        yield return $"host  {diagnosis.HostKey}";
        foreach (HostFinding finding in diagnosis.Findings.Where(finding => finding.Severity != Severity.Fine))
        {
            yield return "";
            foreach (string line in Wrapped($"{Mark(finding.Severity)} {finding.Code}: {finding.Found}", "", width))
                yield return line;
            foreach (string line in Wrapped(finding.Cost ?? "", finding.Severity == Severity.Unknown ? "if so " : "costs ", width))
                yield return line;
            // A command is never broken: it is there to be copied.
            if (finding.Mend is { } mend)
                yield return $"{Indent}mend  {mend}";
        }
        yield return "";
        foreach (string line in Wrapped($"= fine: {string.Join("; ", diagnosis.Findings.Where(f => f.Severity == Severity.Fine).Select(f => $"{f.Code} ({f.Found})"))}", "", width))
            yield return line;
        yield return "";
        foreach (string line in Measured(diagnosis))
            yield return line;
        yield return "";
        foreach (string line in Wrapped(CalibrationText.Line(diagnosis.Calibration), "", width))
            yield return line;
    }

    private static string Headline(IReadOnlyList<HostFinding> findings)
    {
        int Of(Severity severity) => findings.Count(finding => finding.Severity == severity);
        return $"✗ {Of(Severity.Disturbs)} disturb   ! {Of(Severity.MayDisturb)} may disturb   ? {Of(Severity.Unknown)} unknown   = {Of(Severity.Fine)} fine";
    }

    private static IEnumerable<string> Measured(Diagnosis diagnosis)
    {
        TimerReading timer = diagnosis.Timer;
        yield return FormattableString.Invariant($"timer  steps of {timer.StepNanoseconds:0} ns, {timer.ReadNanoseconds:0} ns a reading");
        if (diagnosis.Failure is { } failure)
        {
            yield return $"bandwidth and noise unknown: {failure}";
            yield break;
        }
        var table = new TextTable(new("probe"), new("median", Right: true), new("", Close: true), new("between launches", Right: true), new("within one", Right: true));
        foreach (ProbeFigures probe in diagnosis.Probes)
            table.Add(probe.Id, Figures.Number(probe.Median), probe.Unit, FigureText.Spread(probe.LaunchSpread), FigureText.Spread(probe.IterationSpread));
        foreach (string line in table.Lines())
            yield return line;
        yield return $"standard deviations over {ProbeMeasurement.Launches} launches";
    }

    private static string Mark(Severity severity) => severity switch { Severity.Disturbs => "✗", Severity.MayDisturb => "!", Severity.Unknown => "?", _ => "=" };

    /// <summary>Broken at blanks, every line but the first of a finding indented.</summary>
    private static IEnumerable<string> Wrapped(string text, string label, int width)
    {
        string indent = label.Length > 0 ? Indent : "", line = indent + label;
        if (text.Length == 0)
            yield break;
        bool empty = true;
        foreach (string word in text.Split(' '))
        {
            if (!empty && line.Length + 1 + word.Length > width)
            {
                yield return line;
                (line, empty) = (Indent + new string(' ', label.Length), true);
            }
            line += empty ? word : " " + word;
            empty = false;
        }
        yield return line;
    }
}
