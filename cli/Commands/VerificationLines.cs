using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Commands;

/// <summary>One line for each sound file, one for each finding of the others. Every file is looked at even after a bad one, so that one call tells all.</summary>
internal static class VerificationLines
{
    /// <param name="context">Where to write.</param>
    /// <param name="command">For messages about files that cannot be read.</param>
    /// <param name="files">As named by the user.</param>
    /// <param name="verify">Looks at the file at a path.</param>
    public static ExitCode Write(
        CommandContext context, string command, IReadOnlyList<string> files, Func<string, FileVerification> verify)
    {
        var codes = new List<ExitCode>();
        foreach (string file in files)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string shown = context.Surroundings.Shown(file);
            try
            {
                FileVerification found = InputFile.Read(context, file, verify);
                foreach (Finding finding in found.Findings)
                    context.Out.WriteLine($"{shown}: {FailureMapping.OneLine(finding.ToString())}");
                if (found.Findings.Count == 0)
                    context.Out.WriteLine($"{shown}: OK {found.Summary}");
                foreach (string note in found.Notes)
                    context.Out.WriteLine($"{shown}: note: {note}");
                codes.Add(found.Findings.Count == 0 ? ExitCode.Done : ExitCode.VerificationFailed);
            }
            catch (ReceiptException e)
            {
                (ExitCode code, string line) = FailureMapping.Describe(e.In(shown));
                context.Error.WriteLine($"bitnet-perf {command}: {line}");
                codes.Add(code);
            }
        }
        return codes.Contains(ExitCode.VerificationFailed) ? ExitCode.VerificationFailed : codes.Max();
    }
}

/// <param name="Findings">What is wrong; none when it is sound.</param>
/// <param name="Summary">What is sound: a digest, and by whom it is signed.</param>
/// <param name="Notes">What is not known, and is no fault.</param>
internal sealed record FileVerification(IReadOnlyList<Finding> Findings, string Summary, params IReadOnlyList<string> Notes);
