using BitNet.Perf.Bench.Evidence;

namespace BitNet.Perf.Bench.Tests.Evidence;

public class CodeListingTests
{
    [Fact]
    public void Every_method_of_a_real_listing_is_read_with_the_bytes_the_jit_gives()
    {
        var listing = Listings.Parse(Listings.First);
        Assert.Equal(14, listing.Methods.Count);
        Assert.Empty(listing.Broken);
        Assert.Equal((1078, "FullOpts"), (listing.Methods[Listings.Dots].Bytes, listing.Methods[Listings.Dots].Tier));
        Assert.Equal(["rsp", "rbp"], listing.Methods[Listings.Dots].Frame);
        // A prefix on a line of its own is no instruction.
        Assert.Equal("cmpxchg", Assert.Single(listing.Methods[Listings.Take].Instructions, i => i.Mnemonic is "cmpxchg" or "lock").Mnemonic);
    }

    [Fact]
    public void Two_listings_that_two_threads_wrote_into_each_other_are_both_broken()
    {
        var (one, other) = (Listings.Of(Listings.Control), Listings.Of(Listings.Tile));
        var middle = one.IndexOf("G_M000_IG03", StringComparison.Ordinal);
        var listing = Listings.Parse(one[..middle] + other + one[middle..] + Listings.Of(Listings.Dots));
        Assert.Equal([Listings.Dots], listing.Methods.Keys);
        Assert.Equal([Listings.Tile, Listings.Control], listing.Broken.Keys.Order());
        Assert.All(listing.Broken.Values, reason => Assert.Equal("two listings are mixed", reason));
    }

    [Fact]
    public void A_listing_that_lost_text_anywhere_is_broken_or_can_be_analysed()
    {
        var whole = Listings.Of(Listings.Take);
        for (var start = 0; start < whole.Length; start += 5)
        {
            foreach (var length in new[] { 3, 17, 60 })
            {
                var listing = Listings.Parse(whole.Remove(start, Math.Min(length, whole.Length - start)));
                Assert.All(listing.Methods.Values, method =>
                {
                    Assert.DoesNotContain(method.Instructions, i => i is { Mnemonic: "call", Operands.Count: 0 });
                    Assert.Equal(method.Name, MethodAnalysis.Of(method).Name);
                });
            }
        }
    }

    [Fact]
    public void A_call_whose_name_is_missing_breaks_its_listing()
    {
        var whole = Listings.Of(Listings.Take);
        var call = whole.IndexOf("call ", StringComparison.Ordinal);
        var end = whole.IndexOf('\n', call);
        var listing = Listings.Parse(whole[..(call + 4)] + whole[end..]);
        Assert.Equal("two listings are mixed", Assert.Single(listing.Broken).Value);
    }

    [Fact]
    public void Lines_of_another_method_within_a_listing_break_it()
    {
        var one = Listings.Of(Listings.Control);
        var middle = one.IndexOf("G_M000_IG03", StringComparison.Ordinal);
        var listing = Listings.Parse(one[..middle] + "G_M000_IG09:                ;; offset=0x0010\n       add      rax, 1\n" + one[middle..]);
        Assert.Empty(listing.Methods);
        Assert.Equal("two listings are mixed", listing.Broken[Listings.Control]);
    }

    [Theory]
    [InlineData("(FullOpts)", "(Tier0)", "it was compiled as Tier0")]
    [InlineData("generic X64 + VEX + EVEX on Unix", "generic ARM64 on Unix", "it is not code of x64, which alone is read here")]
    [InlineData("; Total bytes of code 64", "", "its listing has no end")]
    public void What_cannot_be_used_says_why(string found, string replaced, string reason)
    {
        var listing = Listings.Parse(Listings.Of(Listings.Control).Replace(found, replaced, StringComparison.Ordinal));
        Assert.Empty(listing.Methods);
        Assert.Equal(reason, listing.Broken[Listings.Control]);
    }

    [Fact]
    public void A_method_listed_twice_alike_is_one_and_differently_is_none()
    {
        var one = Listings.Of(Listings.Control);
        Assert.Equal([Listings.Control], Listings.Parse(one + one).Methods.Keys);
        var other = Listings.Parse(one + one.Replace("shr      rdx, 29", "shr      rdx, 28", StringComparison.Ordinal));
        Assert.Empty(other.Methods);
        Assert.Equal("it was compiled twice, differently", other.Broken[Listings.Control]);
    }
}
