using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Tests.Workloads;

public class RandomDataTests
{
    private static unsafe byte[] Ternary(int length, ulong seed)
    {
        var bytes = new byte[length];
        fixed (byte* target = bytes)
            RandomData.FillTernary(target, length, seed);
        return bytes;
    }

    [Fact]
    public void Ternary_data_has_every_code_about_as_often_and_never_code_3()
    {
        var counts = new int[4];
        foreach (var b in Ternary(1 << 20, 7))
        {
            for (var shift = 0; shift < 8; shift += 2)
                counts[b >> shift & 3]++;
        }
        Assert.Equal(0, counts[3]);
        // A random byte has 256 values for 81 combinations of codes, so the codes differ by some per cent.
        Assert.All(counts[..3], count => Assert.InRange(count / (4.0 * (1 << 20)), 0.30, 0.36));
    }

    [Fact]
    public void The_beginning_does_not_depend_on_the_length()
    {
        var longer = Ternary(200_000, 7);
        Assert.Equal(longer[..70_001], Ternary(70_001, 7));
        Assert.NotEqual(longer[..1000], Ternary(1000, 8));
    }

    // Digests in receipts are compared across runs and machines: another generator would make every result differ. The value comes from an independent program.
    [Fact]
    public void The_data_is_the_same_on_every_machine() =>
        Assert.Equal("sha256:" + TernaryDigest, ResultDigest.Of<byte>(Ternary(100_000, 0xb17)));

    private const string TernaryDigest = "84868818fd6c1529e9acea05c01bb08ee6bc8edef6b7ec2d542df64806e992ae";

    [Fact]
    public void Activations_and_tokens_stay_in_their_range()
    {
        var activations = new sbyte[10_000];
        RandomData.Fill(activations, 1);
        Assert.Equal(((sbyte)-127, (sbyte)127), (activations.Min(), activations.Max()));
        var floats = new float[10_000];
        RandomData.Fill(floats, 1);
        Assert.InRange(floats.Min(), -1f, -0.99f);
        Assert.InRange(floats.Max(), 0.99f, 1f);
        Assert.All(RandomData.Tokens(1000, 17, 2), t => Assert.InRange(t, 0, 16));
    }
}
