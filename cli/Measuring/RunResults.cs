using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>What is made of a finished run: checked, reported, told.</summary>
internal sealed class RunResults(CommandContext context)
{
    public static string ReportPath(RunOutcome outcome) => Path.Combine(outcome.Journal.Folder, "report.md");

    /// <summary>For a comparison, under the name that messages give it.</summary>
    public ReceiptSource Source(RunOutcome outcome) => new(context.Surroundings.Shown(outcome.Journal.ReceiptPath), outcome.Receipt);

    /// <summary>A receipt that would not verify, or a result that changed while it was timed, must not look like a success.</summary>
    public ExitCode Check(RunOutcome outcome)
    {
        string path = context.Surroundings.Shown(outcome.Journal.ReceiptPath);
        IReadOnlyList<Finding> findings = ReceiptVerification.Verify(outcome.Receipt);
        foreach (Finding finding in findings)
            context.Tell($"{path}: {FailureMapping.OneLine(finding.ToString())}");
        foreach (string workload in outcome.WrongResults)
            context.Tell($"{workload}: the output while it was timed was not the checked one; its figures mean nothing");
        return findings.Count > 0 ? ExitCode.VerificationFailed : outcome.WrongResults.Count > 0 ? ExitCode.WrongResult : ExitCode.Done;
    }

    /// <summary>Writes the report of the newest run, which speaks of all so far, and tells of it.</summary>
    public void Write(RunOutcome newest, IReadOnlyList<ReceiptSource> candidate, ComparisonResult? comparison)
    {
        string report = ReportPath(newest);
        Report.Render(ReportFormat.Markdown, SideOfRuns.Candidate(candidate), comparison, program: ProgramName.In(context.Surroundings)).Write(report);
        context.WriteLines(RunText.Lines(newest.Receipt));
        context.WriteLines(["", .. new[] { newest.Journal.ReceiptPath, newest.Journal.SamplesPath, report }.Select(context.Surroundings.Shown), ""]);
    }
}
