using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>Digests of output buffers, over their bytes as they lie in memory (little-endian).</summary>
public static class ResultDigest
{
    public static string Of<T>(ReadOnlySpan<T> output) where T : unmanaged =>
        ReceiptDigest.Of(MemoryMarshal.AsBytes(output));

    public static unsafe string Of<T>(T* output, long count) where T : unmanaged
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int Piece = 1 << 20;
        for (long i = 0; i < count; i += Piece)
            hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(output + i, (int)Math.Min(Piece, count - i))));
        return ReceiptDigest.Prefix + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
