namespace BitNet.Perf.Bench.Workloads.Memory;

/// <summary>Data that is the same on every machine and in every run, so that outputs can be compared by digest (SplitMix64, Steele, Lea and Flood 2014).</summary>
public static class RandomData
{
    /// <summary>Ternary data is made in pieces that depend on their number only, so the beginning of a buffer does not depend on its length.</summary>
    private const int TernaryPiece = 64 << 10;

    /// <summary>Four ternary codes for each value of a random byte: byte·81 ÷ 256 written in base 3, two bits a digit.</summary>
    private static readonly byte[] FourCodes = [.. Enumerable.Range(0, 256).Select(r =>
    {
        var n = r * 81 >> 8;
        return (byte)(n % 3 | n / 3 % 3 << 2 | n / 9 % 3 << 4 | n / 27 << 6);
    })];

    /// <summary>Fills a buffer with I2_S bytes of nearly uniform codes 0, 1, 2 (never 3), on all processors this process may use.</summary>
    public static unsafe void FillTernary(byte* target, long bytes, ulong seed)
    {
        var address = (nint)target;
        var pieces = (int)((bytes + TernaryPiece - 1) / TernaryPiece);
        Parallel.For(0, pieces, piece =>
        {
            var start = (long)piece * TernaryPiece;
            var span = new Span<byte>((byte*)address + start, (int)Math.Min(TernaryPiece, bytes - start));
            var random = new SplitMix64(seed ^ (ulong)piece * 0xd1342543de82ef95);
            ulong bits = 0;
            for (var i = 0; i < span.Length; i++)
            {
                if ((i & 7) == 0)
                    bits = random.Next();
                span[i] = FourCodes[bits & 0xff];
                bits >>= 8;
            }
        });
    }

    /// <summary>int8 activations from −127 to 127, as the quantiser gives them.</summary>
    public static void Fill(Span<sbyte> target, ulong seed)
    {
        var random = new SplitMix64(seed);
        foreach (ref var value in target)
            value = (sbyte)((int)(random.Next() >> 33) % 255 - 127);
    }

    /// <summary>Uniform in [−1, 1).</summary>
    public static void Fill(Span<float> target, ulong seed)
    {
        var random = new SplitMix64(seed);
        foreach (ref var value in target)
            value = (int)(random.Next() >> 40) * (1f / (1 << 23)) - 1f;
    }

    /// <summary>Token ids over the whole vocabulary.</summary>
    public static int[] Tokens(int count, int vocabulary, ulong seed)
    {
        var random = new SplitMix64(seed);
        var tokens = new int[count];
        foreach (ref var token in tokens.AsSpan())
            token = (int)(random.Next() % (ulong)vocabulary);
        return tokens;
    }
}

/// <summary>SplitMix64: state plus a constant, mixed.</summary>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9e37_79b9_7f4a_7c15;
        z = (z ^ z >> 30) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ z >> 27) * 0x94d0_49bb_1331_11eb;
        return z ^ z >> 31;
    }

    /// <summary>Uniform in [0, bound).</summary>
    public int Next(int bound) => (int)((UInt128)Next() * (ulong)bound >> 64);
}
