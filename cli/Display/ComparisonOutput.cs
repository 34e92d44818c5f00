using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>A comparison on stdout, as the terminal can show it.</summary>
internal static class ComparisonOutput
{
    /// <param name="suite">Of the candidate, for the next command.</param>
    /// <param name="all">Workloads without a change too.</param>
    /// <param name="reportPath">The full report; null when none was written.</param>
    public static void Write(CommandContext context, ComparisonResult result, string suite, bool all, string? reportPath) =>
        context.Out.Write(ComparisonText.Render(result, new ComparisonTextOptions
        {
            Width = context.Terminal.Width,
            Unicode = context.Terminal.Unicode,
            Color = context.Terminal.Color,
            All = all,
            Suite = suite,
            Program = ProgramName.In(context.Surroundings),
            ReportPath = reportPath,
        }));
}
