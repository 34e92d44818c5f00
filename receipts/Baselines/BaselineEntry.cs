using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>One line of the list of baselines. All but path, host key, suite and fault are null where the file cannot be read.</summary>
/// <param name="HostKey">Of the folder the file lies in.</param>
/// <param name="Suite">Of the file's name.</param>
/// <param name="Runs">Receipts in it.</param>
/// <param name="NewestUtc">When the newest of them was written.</param>
/// <param name="Commit">Commit of the newest; null when it is not known.</param>
/// <param name="Fault">First thing that is wrong with it; null when it is sound.</param>
public sealed record BaselineEntry(
    string Path, string HostKey, string Suite, int? Runs, DateTimeOffset? NewestUtc, string? Commit, string? Reason, string? Digest, string? Fault)
{
    /// <summary>Digests, arithmetic and place are all right.</summary>
    public bool Sound => Fault is null;

    internal static BaselineEntry Of(string path)
    {
        (string hostKey, string suite) = PlaceOf(path);
        try
        {
            Baseline baseline = BaselineFile.Read(path);
            Receipt? newest = baseline.Receipts.MaxBy(receipt => receipt.CreatedUtc);
            Finding? first = BaselineStore.Verify(baseline, path).Concat(BaselineChain.Read(path).Verify()).FirstOrDefault();
            return new(path, hostKey, suite, baseline.Receipts.Count, newest?.CreatedUtc, newest?.Build.Commit, baseline.Reason, baseline.Digest, first?.ToString());
        }
        catch (ReceiptException e)
        {
            return new(path, hostKey, suite, null, null, null, null, null, e.Message);
        }
    }

    internal static (string HostKey, string Suite) PlaceOf(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return (System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(full)) ?? "", System.IO.Path.GetFileNameWithoutExtension(full));
    }
}
