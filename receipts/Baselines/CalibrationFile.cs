using System.Text;
using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Calibrations as files, each beside the baselines of its host.</summary>
public static class CalibrationFile
{
    /// <summary>No suite has this name.</summary>
    internal const string Name = "calibration.json";

    /// <param name="folder">Of the stored baselines.</param>
    public static string PathOf(string folder, string hostKey) =>
        Path.Combine(Path.GetDirectoryName(new BaselineStore(folder).PathOf(hostKey, "quick"))!, Name);

    /// <summary>The host's calibration, verified; null when it was never calibrated, which the caller must say.</summary>
    /// <exception cref="ReceiptException">It is there but cannot be read or fails verification.</exception>
    public static Calibration? Find(string folder, string hostKey)
    {
        if (!HostKey.IsWellFormed(hostKey))
            return null; // receipts of other harnesses have keys of their own
        string path = PathOf(folder, hostKey);
        if (!File.Exists(path))
            return null;
        Calibration calibration = Read(path);
        return calibration.HostKey == hostKey
            ? calibration
            : throw new ReceiptException(ReceiptFault.Refused, path, "$.hostKey", $"the calibration of {calibration.HostKey} lies in the folder of {hostKey}");
    }

    /// <exception cref="ReceiptException">The file is missing, unreadable, no calibration, of a newer schema, or fails verification.</exception>
    public static Calibration Read(string path)
    {
        byte[] content = AtomicFile.Read(path);
        try
        {
            using JsonDocument document = StrictJson.Parse(content);
            SchemaName.Require(document.RootElement, Calibration.CurrentSchema);
            Calibration calibration = StrictJson.Deserialize<Calibration>(content, document.RootElement);
            Findings.Require(CalibrationVerification.Verify(calibration), path, "doctor --calibrate makes a new one");
            return calibration;
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }

    /// <summary>Seals and writes it whole, in place of an older one.</summary>
    /// <returns>The calibration as written.</returns>
    /// <exception cref="ReceiptException">It does not verify, or cannot be written.</exception>
    public static Calibration Write(string path, Calibration calibration)
    {
        Calibration written = calibration with { Digest = ComputeDigest(calibration) };
        Findings.Require(CalibrationVerification.Verify(written), path, "not written");
        AtomicFile.Write(path, Format(written));
        return written;
    }

    /// <summary>As it stands in the file.</summary>
    public static string Text(Calibration calibration) => Encoding.UTF8.GetString(Format(calibration)).TrimEnd();

    private static byte[] Format(Calibration calibration) => IndentedJson.Serialize(StrictJson.ToElement(calibration));

    public static string ComputeDigest(Calibration calibration) => ReceiptDigest.Compute(StrictJson.ToElement(calibration));
}
