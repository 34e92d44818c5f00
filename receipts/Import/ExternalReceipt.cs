using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>Makes a receipt of another engine's published figures: to be shown beside ours, never compared.</summary>
public static class ExternalReceipt
{
    /// <summary>Suite of external receipts.</summary>
    public const string Suite = "external";

    /// <summary>Definition of every external workload.</summary>
    public const string Definition = "external/1";

    /// <summary>Of a publication that the user named no key for: no machine's own key begins so.</summary>
    public static string HostKeyOf(ToldHost? host) => $"{Suite}-{HostKey.OfProcessor(host?.Processor)}";

    /// <param name="file">Published figures.</param>
    /// <param name="facts">The rest; its source must have a citation.</param>
    /// <returns>Complete, not yet sealed.</returns>
    /// <exception cref="ReceiptException">As of <see cref="ImportedReceipt.Of"/>.</exception>
    public static Receipt Of(ImportedFile file, ImportFacts facts)
    {
        Receipt receipt = ImportedReceipt.Of(file.Launches, facts);
        return receipt with
        {
            Origin = ReceiptOrigin.External,
            Suite = Suite,
            Workloads = [.. receipt.Workloads.Select(workload => workload with { Definition = Definition })],
            Warnings =
            [
                new(WarningCodes.External, null, "figures that others published of another engine: context beside a run, never compared with one"),
                new(WarningCodes.Unverified, null, "nobody here measured them again; whether the results were right is not known"),
                .. facts.Warnings,
            ],
        };
    }
}
