namespace BitNet.Perf.Receipts;

/// <summary>A receipt, baseline or file of samples that cannot be used. The message is one line: file, where in it, what is wrong,
/// what was expected.</summary>
public sealed class ReceiptException : Exception
{
    /// <param name="fault">Kind of the fault; decides the exit code of the command line.</param>
    /// <param name="file">File as the user named it; null where there is none.</param>
    /// <param name="location">JSON path or line, e.g. "$.launches[0].index (line 12)"; null for the whole file.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="expected">What was expected; null where <paramref name="what"/> says it already.</param>
    public ReceiptException(ReceiptFault fault, string? file, string? location, string what, string? expected = null, Exception? cause = null)
        : base(Line(file, location, what, expected), cause)
    {
        Fault = fault;
        File = file;
        Location = location;
        What = what;
        Expected = expected;
    }

    public ReceiptFault Fault { get; }
    public string? File { get; }
    public string? Location { get; }
    public string What { get; }
    public string? Expected { get; }

    /// <summary>The same fault, with the file it was found in.</summary>
    public ReceiptException In(string file) => new(Fault, file, Location, What, Expected, this);

    private static string Line(string? file, string? location, string what, string? expected)
    {
        string line = string.Join(": ", new[] { file, location, what }.Where(part => !string.IsNullOrEmpty(part)));
        if (expected is not null)
            line += $"; expected {expected}";
        return line.ReplaceLineEndings(" ");
    }
}

/// <summary>Kinds of fault; each belongs to one exit code of the command line.</summary>
public enum ReceiptFault
{
    /// <summary>There is no such file (65).</summary>
    NotFound,

    /// <summary>The file is there but cannot be read: permissions, a folder, a device error (65).</summary>
    Unreadable,

    /// <summary>Not the JSON or CSV that the format asks for (65).</summary>
    Malformed,

    /// <summary>Written by a newer version of this program (65).</summary>
    NewerSchema,

    /// <summary>What was asked for is against the rules, e.g. publishing an incomplete receipt (65).</summary>
    Refused,

    /// <summary>The content is not what was sealed (4).</summary>
    DigestMismatch,

    /// <summary>Sealed, but its figures do not follow from its samples or cannot be true (4).</summary>
    Arithmetic,

    /// <summary>There is no baseline where one is required (3).</summary>
    NoBaseline,

    /// <summary>Two branches of a repository published the same baseline, and git left both in the file (65).</summary>
    Conflict,

    /// <summary>A signature does not fit, or there is none where one is required (4).</summary>
    SignatureMismatch,

    /// <summary>Somebody else writes the same file, or wrote it meanwhile; it can be tried again (74).</summary>
    Busy,

    /// <summary>The file could not be written: disk full, permissions, missing folder (74).</summary>
    WriteFailed,
}
