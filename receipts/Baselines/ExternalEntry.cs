using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>One receipt of another engine's figures: context beside a run, a baseline of none. All but path, name and fault are null where it cannot be read.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Engine">What measured.</param>
/// <param name="Host">Processor the figures are of; null when it is not told.</param>
/// <param name="Citation">Where they are published.</param>
/// <param name="Findings">Warnings beyond those that every such receipt has.</param>
/// <param name="Fault">First thing that is wrong with the file; null when it is sound.</param>
public sealed record ExternalEntry(
    string Path, string Name, string? Engine, string? Host, int? Workloads, string? Citation, int? Findings, string? Digest, string? Fault)
{
    public bool Sound => Fault is null;

    internal static ExternalEntry Of(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        try
        {
            Receipt receipt = ReceiptFile.Read(path);
            return new(path, name, receipt.Source?.Harness, receipt.Host.Cpu.Name, receipt.Workloads.Count, receipt.Source?.Citation,
                receipt.Warnings.Count(warning => warning.Code is not (WarningCodes.External or WarningCodes.Unverified)), receipt.Digest, Verify(receipt).FirstOrDefault()?.ToString());
        }
        catch (ReceiptException e)
        {
            return new(path, name, null, null, null, null, null, null, e.Message);
        }
    }

    /// <summary>What is wrong with a receipt that lies among the external ones.</summary>
    public static IReadOnlyList<Finding> Verify(Receipt receipt) => receipt.Origin == ReceiptOrigin.External
        ? ReceiptVerification.Verify(receipt)
        : [new("place", "$.origin", $"\"{receipt.Origin.ToString().ToLowerInvariant()}\"; among figures of other engines only external receipts were expected"), .. ReceiptVerification.Verify(receipt)];
}
