namespace BitNet.Perf.Cli;

/// <summary>
/// What the process returns. CI jobs branch on these numbers, so they never change; a test freezes them.
/// Where several hold, the first of 4, 5, 1, 3, 2, 0 is returned. 64–74 follow BSD's sysexits.h, 130 is 128 + SIGINT.
/// </summary>
public enum ExitCode
{
    /// <summary>Done; for compare, gate and ab: nothing regressed and nothing undecided.</summary>
    Done = 0,

    /// <summary>At least one regression that no valid acceptance covers.</summary>
    Regressed = 1,

    /// <summary>Not enough evidence.</summary>
    Undecided = 2,

    /// <summary>Host, model, workload set, definition, protocol or unit differ, or no baseline where one is required.</summary>
    Incomparable = 3,

    /// <summary>A receipt or baseline fails verification: altered, wrong digest, impossible arithmetic.</summary>
    VerificationFailed = 4,

    /// <summary>An output digest or a golden differs.</summary>
    WrongResult = 5,

    /// <summary>The command line is wrong.</summary>
    Usage = 64,

    /// <summary>An input file is missing, unreadable or malformed.</summary>
    BadInput = 65,

    /// <summary>A defect of this program.</summary>
    Defect = 70,

    /// <summary>Reading, writing or the store failed.</summary>
    StoreFailed = 74,

    /// <summary>Stopped by Ctrl+C or a termination request.</summary>
    Interrupted = 130,
}
