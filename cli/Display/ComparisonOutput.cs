using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Display;

internal static class ComparisonOutput
{
    public static void Write(CommandContext context, ComparisonResult result, bool all)
    {
        context.WriteLines($"{result.Verdict}, exit {result.ExitCode}");
        context.WriteLines(result.Missing.Select(id => $"Missing {id}"));
        context.WriteLines(result.Workloads.Where(w => all || w.Verdict != Verdict.Equivalent).Select(w => $"{w.Verdict.ToString().ToUpperInvariant()} {w.Id} {w.Reason}"));
    }
}
