using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Display;

internal static class ComparisonOutput
{
    public static void Write(CommandContext context, ComparisonResult result, bool all)
    {
        context.WriteLines(result.Workloads.Where(w => all || w.Verdict != Verdict.Equivalent).Select(w => $"{w.Verdict} {w.Id} {w.Reason}"));
    }
}
