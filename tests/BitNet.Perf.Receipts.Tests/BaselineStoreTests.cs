using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

public sealed class BaselineStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("baselines-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private BaselineStore Store => new(_folder);

    /// <summary>A sealed run of that day of January.</summary>
    private static Receipt Run(int day = 31, string suffix = "4f2a90c1")
    {
        Receipt receipt = SyntheticReceipt.Create(run: $"202601{day:00}T081500Z-{suffix}");
        int days = day - receipt.CreatedUtc.Day;
        return ReceiptDigest.Seal(receipt with
        {
            CreatedUtc = receipt.CreatedUtc.AddDays(days),
            Launches = [.. receipt.Launches.Select(launch => launch with { StartedUtc = launch.StartedUtc.AddDays(days) })],
        });
    }

    private static (string, Receipt)[] Files(params Receipt[] receipts) => [.. receipts.Select((receipt, index) => ($"r{index}.json", receipt))];

    /// <summary>In place of what is there.</summary>
    private (string Path, Baseline Baseline) Publish((string, Receipt)[] files, string reason, DateTimeOffset now)
    {
        Baseline draft = BaselinePublication.Create(files, new PublicationTerms(reason, now));
        return Store.Publish(draft, Store.Find(draft.HostKey, draft.Suite));
    }

    [Fact]
    public void Several_runs_are_published_together_oldest_first_and_found_by_host_and_suite()
    {
        (string path, Baseline published) = Publish(Files(Run(), Run(day: 29, "00000001"), Run(day: 30, "00000002")), "first of this host", Now);
        Assert.Equal(Path.Combine(_folder, "amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb", "quick.json"), path);
        Baseline found = Store.FindFor(Run())!;
        Assert.Equal(published.Digest, found.Digest);
        Assert.Equal(["20260129", "20260130", "20260131"], found.Receipts.Select(receipt => receipt.Run[..8]));
        Assert.Equal(("first of this host", null), (found.Reason, found.Supersedes));
        Assert.Empty(found.Warnings);
        Assert.Empty(BaselineStore.Verify(path));
    }

    [Fact]
    public void A_new_baseline_names_the_digest_of_the_one_it_replaces()
    {
        Baseline first = Publish(Files(Run(day: 29)), "first", Now).Baseline;
        Baseline second = Publish(Files(Run()), "after the new gemv", Now.AddDays(1)).Baseline;
        Assert.Equal(first.Digest, second.Supersedes);
        Assert.Equal(second.Digest, Store.FindFor(Run())!.Digest);
        Assert.Equal((1, 2), (first.ChainLength, second.ChainLength));
        Assert.Equal(["history/quick/" + BaselineHistory.Name(first.Digest!), "quick.json"],
            Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Path.Combine(_folder, first.HostKey), path)).Order());
    }

    [Fact]
    public void A_damaged_baseline_is_neither_used_nor_replaced()
    {
        string path = Publish(Files(Run(day: 29)), "first", Now).Path;
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"reason\": \"first\"", "\"reason\": \"other\"", StringComparison.Ordinal));
        Assert.Equal(ReceiptFault.DigestMismatch, Assert.Throws<ReceiptException>(() => Store.FindFor(Run())).Fault);
        Assert.Equal(ReceiptFault.DigestMismatch, Assert.Throws<ReceiptException>(() => Publish(Files(Run()), "second", Now)).Fault);
        Assert.Contains("\"other\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_baseline_is_never_silent_and_never_another_suite_s()
    {
        Publish(Files(Run()), "first", Now);
        Receipt full = ReceiptDigest.Seal(Run() with { Suite = "full", Digest = null });
        Assert.Null(Store.FindFor(full));
        ReceiptException e = Assert.Throws<ReceiptException>(() => Store.Require(full));
        Assert.Equal(ReceiptFault.NoBaseline, e.Fault);
        Assert.Contains("no baseline of suite full for amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb (of this host only quick)", e.Message, StringComparison.Ordinal);
        Assert.Equal(ReceiptFault.NoBaseline, Assert.Throws<ReceiptException>(() => new BaselineStore(Path.Combine(_folder, "none")).Require(full)).Fault);
        Assert.Equal(Run().Suite, Store.Require(Run()).Suite);
    }

    [Fact]
    public void A_host_key_or_suite_cannot_name_a_place_out_of_the_folder()
    {
        Assert.Equal(ReceiptFault.Refused, Assert.Throws<ReceiptException>(() => Store.FindFor(Run() with { HostKey = "../../etc" })).Fault);
        Assert.Equal(ReceiptFault.Refused, Assert.Throws<ReceiptException>(() => Store.FindFor(Run() with { Suite = "../x" })).Fault);
        Assert.Equal(ReceiptFault.Refused, Assert.Throws<ReceiptException>(() => Store.PathOf("external", "quick")).Fault);
    }

    [Fact]
    public void The_list_says_what_each_baseline_is_and_whether_it_is_sound()
    {
        Assert.Empty(Store.List());
        string path = Publish(Files(Run(day: 30, "00000001"), Run()), "first", Now).Path;
        Directory.CreateDirectory(Path.Combine(_folder, "external"));
        File.WriteAllText(Path.Combine(_folder, "external", "llama.json"), "{}");
        BaselineEntry entry = Assert.Single(Store.List());
        Assert.Equal(("amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb", "quick", 2, "first", true), (entry.HostKey, entry.Suite, entry.Runs, entry.Reason, entry.Sound));
        Assert.Equal((Run().CreatedUtc, Run().Build.Commit, Store.FindFor(Run())!.Digest), (entry.NewestUtc, entry.Commit, entry.Digest));

        File.WriteAllText(path, File.ReadAllText(path).Replace("\"first\"", "\"other\"", StringComparison.Ordinal));
        entry = Assert.Single(Store.List());
        Assert.False(entry.Sound);
        Assert.Contains("altered", entry.Fault, StringComparison.Ordinal);

        File.WriteAllText(path, "{");
        entry = Assert.Single(Store.List());
        Assert.Equal((false, null, "quick"), (entry.Sound, entry.Runs, entry.Suite));
    }

    [Fact]
    public void A_baseline_copied_to_another_host_s_place_is_found_out()
    {
        string path = Publish(Files(Run()), "first", Now).Path;
        string copy = Path.Combine(_folder, "intel-xeon-f6-2c-avx2-linux-net10-16gb", "quick.json");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(path, copy);
        Assert.Equal("place", Assert.Single(BaselineStore.Verify(copy)).Code);
    }

    [Fact]
    public void A_baseline_of_a_newer_schema_or_with_a_newer_receipt_says_so()
    {
        string path = Publish(Files(Run()), "first", Now).Path;
        string text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"baseline/1\"", "\"baseline/2\"", StringComparison.Ordinal));
        Assert.Equal((ReceiptFault.NewerSchema, "$.schema"), Fault(path));
        File.WriteAllText(path, text.Replace("\"receipt/1\"", "\"receipt/2\"", StringComparison.Ordinal));
        Assert.Equal((ReceiptFault.NewerSchema, "$.receipts[0].schema"), Fault(path));

        static (ReceiptFault, string?) Fault(string path)
        {
            ReceiptException e = Assert.Throws<ReceiptException>(() => BaselineFile.Read(path));
            return (e.Fault, e.Location);
        }
    }

    [Fact]
    public void Receipts_are_read_from_files_baselines_and_folders()
    {
        string path = Publish(Files(Run(day: 30, "00000001"), Run()), "first", Now).Path;
        string runs = Path.Combine(_folder, "runs", "a");
        ReceiptFile.Write(Path.Combine(runs, "receipt.json"), Run(day: 28, "00000003"));
        File.WriteAllText(Path.Combine(runs, "comparison.json"), "{\"schema\":\"comparison/1\"}");
        Assert.Equal(["20260128", "20260130", "20260131"], ReceiptSources.Read([Path.Combine(_folder, "runs"), path]).Select(source => source.Receipt.Run[..8]));
        Assert.Equal($"{path}#{Run().Run}", ReceiptSources.Read([path])[1].Path);
        Assert.Equal(ReceiptFault.Malformed, Assert.Throws<ReceiptException>(() => ReceiptSources.Read([Path.Combine(runs, "comparison.json")])).Fault);
        File.WriteAllText(Path.Combine(runs, "torn.json"), "{\"schema\":");
        Assert.Equal(ReceiptFault.Malformed, Assert.Throws<ReceiptException>(() => ReceiptSources.Read([runs])).Fault);
        Assert.Equal(ReceiptFault.NotFound, Assert.Throws<ReceiptException>(() => ReceiptSources.Read([Path.Combine(_folder, "no.json")])).Fault);
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Assert.Equal(ReceiptFault.NotFound, Assert.Throws<ReceiptException>(() => ReceiptSources.Read([Path.Combine(_folder, "empty")])).Fault);
    }
}
