namespace BitNet.Perf.Receipts.Verification;

internal static class Findings
{
    /// <summary>Throws the first finding, with how many more there are.</summary>
    /// <param name="findings">What verification found.</param>
    /// <param name="file">Named in the message; null when there is none.</param>
    /// <param name="hint">What lists them all.</param>
    public static void Require(IReadOnlyList<Finding> findings, string? file, string hint)
    {
        if (findings.Count == 0)
            return;
        Finding first = findings[0];
        string more = findings.Count == 1 ? "" : FormattableString.Invariant($" (and {findings.Count - 1} more: {hint})");
        ReceiptFault fault = first.Code == Finding.Digest ? ReceiptFault.DigestMismatch : ReceiptFault.Arithmetic;
        throw new ReceiptException(fault, file, first.Path, first.Message + more);
    }
}
