using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Engine.Tokens;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli;

/// <summary>Which exit code and which single line an exception becomes. Every typed exception of the libraries is listed here, and only here.</summary>
public static class FailureMapping
{
    public static (ExitCode Code, string Line) Describe(Exception exception) => exception switch
    {
        CommandFailure failure => (failure.Code, OneLine(failure.Message)),
        OperationCanceledException => (ExitCode.Interrupted, "interrupted"),
        AggregateException { InnerException: { } inner } => Describe(inner),
        GgufException or TokenException => (ExitCode.BadInput, OneLine(exception.Message)),
        // Tokens, context and settings come from the command line.
        EvaluationException or KernelNotAvailableException => (ExitCode.Usage, OneLine(exception.Message)),
        ReceiptException receipt => (CodeOf(receipt.Fault), OneLine(receipt.Message)),
        ComparisonInputException or ReportTemplateException or WorkerProtocolException => (ExitCode.BadInput, OneLine(exception.Message)),
        RunRefusedException or NoWorkloadsException => (ExitCode.Usage, OneLine(exception.Message)),
        BuildRefusedException => (ExitCode.Incomparable, OneLine(exception.Message)),
        NoProgramException or CommandFailedException => (ExitCode.BadInput, OneLine(exception.Message)),
        WrongResultException => (ExitCode.WrongResult, OneLine(exception.Message)),
        RunFailedException => (ExitCode.Defect, OneLine(exception.Message)),
        FileNotFoundException or DirectoryNotFoundException => (ExitCode.BadInput, OneLine(exception.Message)),
        IOException or UnauthorizedAccessException => (ExitCode.StoreFailed, OneLine(exception.Message)),
        _ => (ExitCode.Defect, OneLine($"defect: {exception.GetType().Name}: {exception.Message}{Origin(exception)}")),
    };

    private static ExitCode CodeOf(ReceiptFault fault) => fault switch
    {
        ReceiptFault.DigestMismatch or ReceiptFault.Arithmetic or ReceiptFault.SignatureMismatch => ExitCode.VerificationFailed,
        ReceiptFault.NoBaseline => ExitCode.Incomparable,
        ReceiptFault.WriteFailed or ReceiptFault.Busy => ExitCode.StoreFailed,
        _ => ExitCode.BadInput,
    };

    /// <summary>Line breaks and runs of blanks become single spaces.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The innermost frame is enough to find the place, and fits the one line.</summary>
    private static string Origin(Exception exception)
    {
        string? frame = exception.StackTrace?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        return frame is null ? "" : $" ({frame})";
    }
}
