using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Baselines as files.</summary>
public static class BaselineFile
{
    /// <summary>Reads the structure strictly; does not check digests and arithmetic: that is <see cref="BaselineVerification"/>.</summary>
    /// <exception cref="ReceiptException">The file is missing, unreadable, no baseline, or it or a receipt in it is of a newer schema.</exception>
    public static Baseline Read(string path) => Parse(AtomicFile.Read(path), path);

    /// <inheritdoc cref="Read"/>
    /// <param name="content">The file's.</param>
    /// <param name="path">Named in the message.</param>
    internal static Baseline Parse(byte[] content, string path)
    {
        MergeConflict.Refuse(content, path);
        try
        {
            return Parse(content);
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }

    /// <summary>Reads a baseline from UTF-8 text.</summary>
    public static Baseline Parse(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = StrictJson.Parse(utf8);
        SchemaName.Require(document.RootElement, Baseline.CurrentSchema);
        if (document.RootElement.TryGetProperty("receipts", out JsonElement receipts) && receipts.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement receipt in receipts.EnumerateArray())
                SchemaName.Require(receipt, Receipt.CurrentSchema, FormattableString.Invariant($"$.receipts[{index++}]"));
        }
        return StrictJson.Deserialize<Baseline>(utf8, document.RootElement);
    }

    public static string ComputeDigest(Baseline baseline) => ReceiptDigest.Compute(StrictJson.ToElement(baseline));

    /// <summary>UTF-8 text of the baseline's file.</summary>
    public static byte[] Format(Baseline baseline) => IndentedJson.Serialize(StrictJson.ToElement(baseline));
}
