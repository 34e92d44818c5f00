namespace BitNet.Perf.Cli;

/// <summary>Which of several exit codes is returned.</summary>
public static class ExitCodes
{
    private static readonly ExitCode[] Order =
        [ExitCode.VerificationFailed, ExitCode.WrongResult, ExitCode.Regressed, ExitCode.Incomparable, ExitCode.Undecided, ExitCode.Done];

    /// <summary>The first of 4, 5, 1, 3, 2, 0 that holds; 0 when none was given.</summary>
    public static ExitCode First(IReadOnlyCollection<ExitCode> codes) => codes.Count == 0 ? ExitCode.Done : Order.First(codes.Contains);
}
