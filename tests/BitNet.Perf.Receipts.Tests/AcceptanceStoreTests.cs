using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Receipts.Tests;

public sealed class AcceptanceStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acceptances-").FullName;

    private AcceptanceStore Store => new(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Acceptance Accept(string workloads, string reason = "known", string? hostKey = null, double max = 0.05) => new()
    {
        Workloads = workloads,
        Reason = reason,
        Expires = new DateOnly(2026, 6, 30),
        Max = max,
        HostKey = hostKey,
        AcceptedUtc = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
    };

    [Fact]
    public void Without_a_file_nothing_is_accepted() => Assert.Empty(Store.Read());

    [Fact]
    public void The_file_is_the_same_in_whatever_order_they_were_accepted()
    {
        Acceptance[] all = [Accept("kernel/**"), Accept("e2e/**"), Accept("e2e/**", hostKey: "server-7")];
        foreach (Acceptance acceptance in all)
            Store.Add(acceptance);
        string first = File.ReadAllText(Store.FilePath);
        File.Delete(Store.FilePath);
        foreach (Acceptance acceptance in all.Reverse())
            Store.Add(acceptance);
        Assert.Equal(first, File.ReadAllText(Store.FilePath));
        Assert.Equal([all[1], all[2], all[0]], Store.Read());
        Assert.Contains("\"expires\": \"2026-06-30\"", first, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_the_same_pattern_and_host_is_replaced_and_told()
    {
        Store.Add(Accept("kernel/**", "old"));
        Store.Add(Accept("kernel/**", "other host", "server-7"));
        Assert.Equal("old", Store.Add(Accept("kernel/**", "new"))?.Reason);
        Assert.Equal(["new", "other host"], Store.Read().Select(acceptance => acceptance.Reason));
    }

    [Fact]
    public void It_holds_through_its_last_day()
    {
        Acceptance acceptance = Accept("**");
        Assert.False(acceptance.ExpiredOn(new DateOnly(2026, 6, 30)));
        Assert.True(acceptance.ExpiredOn(new DateOnly(2026, 7, 1)));
    }

    [Theory]
    [InlineData("a b", "known", "server-7", 0.05, "workloads")]
    [InlineData("", "known", "server-7", 0.05, "workloads")]
    [InlineData("**", "", "server-7", 0.05, "reason")]
    [InlineData("**", "two\nlines", "server-7", 0.05, "reason")]
    [InlineData("**", "see /home/ada/notes", "server-7", 0.05, "reason")]
    [InlineData("**", "known", "My Host", 0.05, "hostKey")]
    [InlineData("**", "known", "server-7", 0, "max")]
    [InlineData("**", "known", "server-7", double.PositiveInfinity, "max")]
    public void One_that_cannot_be_is_refused_with_the_member_and_nothing_is_written(string workloads, string reason, string hostKey, double max, string member)
    {
        ReceiptException refused = Assert.Throws<ReceiptException>(() => Store.Add(Accept(workloads, reason, hostKey, max)));
        Assert.Equal((ReceiptFault.Refused, member), (refused.Fault, refused.Location));
        Assert.False(File.Exists(Store.FilePath));
    }

    [Theory]
    [InlineData("not JSON", "line 1")]
    [InlineData("""{"schema": "acceptances/1"}""", "acceptances")]
    [InlineData("""{"schema": "acceptances/9", "acceptances": []}""", "newer version")]
    [InlineData("""{"schema": "acceptances/1", "acceptances": [{"workloads": "**", "reason": "r", "expires": "soon", "max": 0.1, "hostKey": null, "acceptedUtc": "2026-02-03T04:05:06Z"}]}""", "expires")]
    [InlineData("""{"schema": "acceptances/1", "acceptances": [{"workloads": "**", "reason": "r", "expires": "2026-06-30", "max": -1, "hostKey": null, "acceptedUtc": "2026-02-03T04:05:06Z"}]}""", "$.acceptances[0].max")]
    public void A_damaged_file_is_named_and_never_taken_for_an_empty_one(string text, string where)
    {
        File.WriteAllText(Store.FilePath, text);
        ReceiptException damaged = Assert.Throws<ReceiptException>(() => Store.Read());
        Assert.Equal(Store.FilePath, damaged.File);
        Assert.Contains(where, damaged.Message, StringComparison.Ordinal);
        Assert.Throws<ReceiptException>(() => Store.Add(Accept("**")));
        Assert.Equal(text, File.ReadAllText(Store.FilePath));
    }
}
