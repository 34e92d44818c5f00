using System.Runtime.CompilerServices;
using System.Text;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Receipts and baselines of every form that was ever published, as real runs of then wrote them; tests/fixtures is never regenerated.</summary>
public class VersionTests
{
    private static string Fixture(params string[] names) => Path.Combine([AppContext.BaseDirectory, "fixtures", .. names]);

    /// <summary>File, its digest as written then, and whether it has what came with its version.</summary>
    public static TheoryData<string, string, Func<Receipt, bool>> Versions => new()
    {
        { "first-published.json", "sha256:c639590b", receipt => receipt.Workloads.All(w => w.Lossy is null && w.Launches.All(l => l.ReadPattern is null)) },
        { "read-patterns-and-lossy-heads.json", "sha256:991e4540", receipt => receipt.Workloads.Any(w => w.Lossy == true) && receipt.Workloads.Any(w => w.Launches.Any(l => l.ReadPattern is not null)) },
        { "measured-on.json", "sha256:98dfe483", receipt => receipt.Settings.Looks is { Count: > 1 } },
        { "interleaved-extra-work.json", "sha256:655930d8", receipt => receipt is { Interleaving: not null, Build.ExtraKernelWork: not null } },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void Receipts_of_older_versions_are_read_verified_and_written_again_as_they_were(string file, string digest, Func<Receipt, bool> isOfItsVersion)
    {
        string path = Fixture("receipts", "versions", file);
        Receipt receipt = ReceiptVerification.Read(path);
        Assert.StartsWith(digest, receipt.Digest, StringComparison.Ordinal);
        Assert.True(isOfItsVersion(receipt));
        Assert.Equal(File.ReadAllBytes(path), ReceiptFile.Format(receipt));
    }

    [Fact]
    public void A_baseline_from_before_history_was_kept_is_read_verified_and_written_again_as_it_was()
    {
        string path = Fixture("baselines", "without-history.json");
        Baseline baseline = BaselineVerification.Read(path);
        Assert.Null(baseline.ChainLength);
        Assert.NotNull(baseline.Supersedes);
        Assert.Equal(File.ReadAllBytes(path), BaselineFile.Format(baseline));
    }

    [Theory]
    [InlineData("receipt/2")]
    [InlineData("receipt/10")]
    public void Newer_receipts_are_refused_in_one_line_that_says_so(string schema)
    {
        string text = Encoding.UTF8.GetString(ReceiptFile.Format(ReceiptDigest.Seal(SyntheticReceipt.Create()))).Replace("receipt/1", schema, StringComparison.Ordinal);
        ReceiptException e = Assert.Throws<ReceiptException>(() => ReceiptFile.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal((ReceiptFault.NewerSchema, $"$.schema: \"{schema}\" was written by a newer version of this program; expected \"receipt/1\"; update bitnet-perf to read it"), (e.Fault, e.Message));
    }

    [Fact]
    public void Every_published_baseline_and_example_report_of_the_repository_verifies()
    {
        string root = Root();
        string[] baselines = [.. Directory.GetFiles(Path.Combine(root, "baselines"), "*.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}external{Path.DirectorySeparatorChar}") && Path.GetFileName(path) is not ("acceptances.json" or "calibration.json") && !BaselineHistory.Holds(path))];
        string[] reports = [.. Directory.GetFiles(Path.Combine(root, "reports"), "receipt.json", SearchOption.AllDirectories)];
        Assert.NotEmpty(baselines);
        Assert.NotEmpty(reports);
        Assert.All(baselines, path => Assert.Empty(BaselineStore.Verify(path).Concat(BaselineChain.Read(path).Verify())));
        Assert.All(reports, path => Assert.Empty(ReceiptVerification.Verify(path)));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
