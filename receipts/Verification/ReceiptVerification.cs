using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Computes everything in a receipt again that follows from the rest of it.</summary>
public static class ReceiptVerification
{
    private static readonly Func<Receipt, IEnumerable<Finding>>[] Rules =
    [
        SealRules.Check,
        IdentityRules.Check,
        SourceRules.Check,
        HostRules.Check,
        BuildRules.Check,
        ProgramRules.Check,
        ModelRules.Check,
        SettingsRules.Check,
        LaunchRules.Check,
        OrderRules.Check,
        InterleavingRules.Check,
        LookRules.Check,
        WorkloadRules.Check,
        InputRules.Check,
        WorkRules.Check,
        ModelWorkRules.Check,
        SampleRules.Check,
        FigureRules.Check,
        MachineCodeRules.Check,
        BandwidthRules.Check,
        PhaseRules.Check,
        PathRules.Check,
    ];

    /// <summary>Every finding, in the order of the document's parts; none means that the receipt is sound.</summary>
    public static IReadOnlyList<Finding> Verify(Receipt receipt) => [.. Rules.SelectMany(rule => rule(receipt))];

    /// <exception cref="ReceiptException">The file is missing, unreadable, not a receipt, or of a newer schema.</exception>
    public static IReadOnlyList<Finding> Verify(string path) => Verify(ReceiptFile.Read(path));

    /// <summary>Reads a receipt that is to be relied on.</summary>
    /// <exception cref="ReceiptException">As <see cref="ReceiptFile.Read"/>, and <see cref="ReceiptFault.DigestMismatch"/> or
    /// <see cref="ReceiptFault.Arithmetic"/> with the first finding.</exception>
    public static Receipt Read(string path) => Read(AtomicFile.Read(path), path);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="content">The file's.</param>
    /// <param name="path">Named in the message.</param>
    internal static Receipt Read(byte[] content, string path)
    {
        Receipt receipt = ReceiptFile.Parse(content, path);
        Require(receipt, path);
        return receipt;
    }

    /// <param name="receipt">To be verified.</param>
    /// <param name="file">Named in the message; null when it comes from no file.</param>
    public static void Require(Receipt receipt, string? file) => Findings.Require(Verify(receipt), file, "receipt verify lists them");
}
