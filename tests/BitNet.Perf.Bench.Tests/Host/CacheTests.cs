using System.Security.Cryptography;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Tests.Runs;

namespace BitNet.Perf.Bench.Tests.Host;

public sealed class CacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_cache_folder_is_the_variable_then_the_XDG_folder_then_the_home_folder()
    {
        var all = new Dictionary<string, string> { ["BITNET_PERF_CACHE"] = Path.GetFullPath("/a"), ["XDG_CACHE_HOME"] = Path.GetFullPath("/b"), ["HOME"] = Path.GetFullPath("/c") };
        Assert.Equal(Path.GetFullPath("/a"), CacheFolder.Of(all.GetValueOrDefault, windows: false));
        all.Remove("BITNET_PERF_CACHE");
        Assert.Equal(Path.Combine(Path.GetFullPath("/b"), "bitnet-perf"), CacheFolder.Of(all.GetValueOrDefault, windows: false));
        all["XDG_CACHE_HOME"] = "relative";
        Assert.Equal(Path.Combine(Path.GetFullPath("/c"), ".cache", "bitnet-perf"), CacheFolder.Of(all.GetValueOrDefault, windows: false));
    }

    [Fact]
    public void A_digest_is_remembered_until_size_or_time_change()
    {
        var file = _folder["model.bin"];
        File.WriteAllBytes(file, [1, 2, 3]);
        var time = File.GetLastWriteTimeUtc(file);
        var first = FileDigest.Sha256(file, _folder["cache"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])), first);

        // Same size and time: what was remembered is taken, which is the point of it.
        File.WriteAllBytes(file, [1, 2, 4]);
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal(first, FileDigest.Sha256(file, _folder["cache"]));

        File.SetLastWriteTimeUtc(file, time.AddSeconds(1));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([1, 2, 4])), FileDigest.Sha256(file, _folder["cache"]));
    }

    [Fact]
    public void A_damaged_memory_of_digests_is_ignored()
    {
        var file = _folder["model.bin"];
        File.WriteAllBytes(file, [1]);
        var digest = FileDigest.Sha256(file, _folder["cache"]);
        var remembered = Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder["cache"], "digests")));
        File.WriteAllText(remembered, "{");
        Assert.Equal(digest, FileDigest.Sha256(file, _folder["cache"]));
    }
}
