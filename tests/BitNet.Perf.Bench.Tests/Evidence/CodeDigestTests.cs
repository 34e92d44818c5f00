using BitNet.Perf.Bench.Evidence;

namespace BitNet.Perf.Bench.Tests.Evidence;

public class CodeDigestTests
{
    private static string Digest(string text, string method) => CodeDigest.Of(Listings.Parse(text).Methods[method]);

    [Fact]
    public void The_same_build_in_two_processes_has_the_same_digests()
    {
        Assert.NotEqual(Listings.First, Listings.Second);
        var (first, second) = (Listings.Parse(Listings.First), Listings.Parse(Listings.Second));
        Assert.Equal(first.Methods.Keys.Order(), second.Methods.Keys.Order());
        Assert.All(first.Methods, method => Assert.Equal(CodeDigest.Of(method.Value), CodeDigest.Of(second.Methods[method.Key])));
        Assert.Equal(first.Methods.Count, first.Methods.Values.Select(CodeDigest.Of).Distinct().Count());
    }

    [Theory]
    [InlineData("add      rax, rdi", "sub      rax, rdi")] // another instruction
    [InlineData("shr      rdx, 29", "shr      rdx, 30")] // another constant
    [InlineData("0xBF58476D1CE4E5B9", "0xBF58476D1CE4E5BB")] // a constant of 64 bits, which is no address
    [InlineData("jl       SHORT G_M000_IG03", "jl       SHORT G_M000_IG02")] // another way
    public void Other_code_has_another_digest(string found, string replaced)
    {
        var text = Listings.Of(Listings.Control);
        Assert.Contains(found, text, StringComparison.Ordinal);
        Assert.NotEqual(Digest(text, Listings.Control), Digest(text.Replace(found, replaced, StringComparison.Ordinal), Listings.Control));
    }

    [Theory]
    [InlineData("G_M000_", "G_M51234_")] // the method's number
    [InlineData(";; offset=0x0010", ";; offset=0x0020")] // where a label lies
    [InlineData("; No PGO data", "; with PGO data")] // a comment
    public void What_is_no_code_leaves_the_digest(string found, string replaced)
    {
        var text = Listings.Of(Listings.Control);
        Assert.Contains(found, text, StringComparison.Ordinal);
        Assert.Equal(Digest(text, Listings.Control), Digest(text.Replace(found, replaced, StringComparison.Ordinal), Listings.Control));
    }

    [Fact]
    public void Addresses_and_the_cookie_of_the_stack_leave_the_digest()
    {
        // The cookie is written into the frame and compared at the end; both processes of the fixtures drew their own.
        var (first, second) = (Listings.Parse(Listings.First).Methods[Listings.Batch], Listings.Parse(Listings.Second).Methods[Listings.Batch]);
        Assert.NotEqual(first.Lines, second.Lines);
        Assert.Equal(CodeDigest.Of(first), CodeDigest.Of(second));
        var text = Listings.Of(Listings.Control).Replace("xor      ecx, ecx", "mov      rcx, 0x7F8846D87EC8", StringComparison.Ordinal);
        Assert.Equal(Digest(text, Listings.Control), Digest(text.Replace("0x7F8846D87EC8", "0x1E2A4411C0", StringComparison.Ordinal), Listings.Control));
    }

    [Fact]
    public void A_constant_of_a_vector_counts()
    {
        var text = Listings.Of(Listings.Dots);
        Assert.Contains("03030303h", text, StringComparison.Ordinal);
        Assert.NotEqual(Digest(text, Listings.Dots), Digest(text.Replace("03030303h", "03030301h", StringComparison.Ordinal), Listings.Dots));
    }
}
