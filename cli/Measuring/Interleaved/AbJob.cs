using System.Runtime.InteropServices;
using System.Text;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary><c>ab</c>: measure both sides, write the results, compare, tell.</summary>
internal sealed class AbJob(CommandContext context, AbRequest request, RunEnvironment environment)
{
    private readonly PairedJudge _judge = new(Comparing.Options(context.Settings, HostKey.From(environment.Host, RuntimeInformation.FrameworkDescription)), context.Settings.File);

    public async Task<ExitCode> RunAsync()
    {
        if (await new AbMeasurement(context, request, environment, _judge).MeasureAsync() is not { } outcome)
            return ExitCode.Interrupted;
        Sides<ReceiptSource> sources = new(Source(outcome.Journal.Sides.Base, outcome.Receipts.Base), Source(outcome.Journal.Sides.Head, outcome.Receipts.Head));
        ComparisonResult result = _judge.Compare(sources);
        result = result with { Warnings = [.. AbEnding.Warnings(outcome), .. result.Warnings] };
        Write(outcome.Journal, sources.Head, result);
        if (request.Json)
            context.Out.WriteLine(ComparisonJson.Format(result));
        else
            Tell(outcome, result);
        return ExitCodes.First([Check(sources.Base), Check(sources.Head), (ExitCode)result.ExitCode]);
    }

    private ReceiptSource Source(RunJournal journal, Receipt receipt) => new(context.Surroundings.Shown(journal.ReceiptPath), receipt);

    private void Write(InterleavedJournal journal, ReceiptSource head, ComparisonResult result)
    {
        Report.Render(ReportFormat.Markdown, SideOfRuns.Candidate([head]), result, program: ProgramName.In(context.Surroundings)).Write(journal.ReportPath);
        // Last: with it the run counts as complete.
        AtomicFile.Write(journal.ComparisonPath, stream => stream.Write(Encoding.UTF8.GetBytes(ComparisonJson.Format(result) + "\n")));
    }

    private void Tell(InterleavedOutcome outcome, ComparisonResult result)
    {
        ComparisonOutput.Write(context, result, NextSteps.Selection(outcome.Receipts.Head), request.All, context.Surroundings.Shown(outcome.Journal.ReportPath));
        context.WriteLines(["", .. new[] { outcome.Journal.Sides.Base.ReceiptPath, outcome.Journal.Sides.Head.ReceiptPath, outcome.Journal.ComparisonPath }.Select(context.Surroundings.Shown)]);
    }

    /// <summary>A receipt that would not verify must not look like a success.</summary>
    private ExitCode Check(ReceiptSource source)
    {
        IReadOnlyList<Finding> findings = ReceiptVerification.Verify(source.Receipt);
        foreach (Finding finding in findings)
            context.Tell($"{source.Path}: {FailureMapping.OneLine(finding.ToString())}");
        return findings.Count > 0 ? ExitCode.VerificationFailed : ExitCode.Done;
    }
}
