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
    /// <param name="verify">Findings of the file at a path, and its digest.</param>
    public static ExitCode Write(
        CommandContext context, string command, IReadOnlyList<string> files, Func<string, (IReadOnlyList<Finding> Findings, string? Digest)> verify)
    {
        var codes = new List<ExitCode>();
        foreach (string file in files)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string shown = context.Surroundings.Shown(file);
            try
            {
                (IReadOnlyList<Finding> findings, string? digest) = InputFile.Read(context, file, verify);
                foreach (Finding finding in findings)
                    context.Out.WriteLine($"{shown}: {FailureMapping.OneLine(finding.ToString())}");
                if (findings.Count == 0)
                    context.Out.WriteLine($"{shown}: OK {digest}");
                codes.Add(findings.Count == 0 ? ExitCode.Done : ExitCode.VerificationFailed);
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
