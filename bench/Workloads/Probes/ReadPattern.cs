using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Perf.Bench.Workloads.Probes;

/// <summary>A way to read a piece of memory once: several streams side by side, two 512-bit loads each a step, with or without
/// software prefetch. Which is fastest differs between processors: two streams without prefetch on Zen 4, four with it on Zen 5.</summary>
internal abstract unsafe class ReadPattern
{
    /// <summary>Bytes that a step reads of each stream.</summary>
    protected const int Step = 128;

    public static IReadOnlyList<ReadPattern> All { get; } =
    [
        new Pattern<One, Nothing>(), new Pattern<Two<One>, Nothing>(), new Pattern<Two<Two<One>>, Nothing>(), new Pattern<Two<Two<Two<One>>>, Nothing>(),
        new Pattern<One, Kilobyte>(), new Pattern<Two<One>, Kilobyte>(), new Pattern<Two<Two<One>>, Kilobyte>(), new Pattern<Two<Two<Two<One>>>, Kilobyte>(),
    ];

    public abstract int Streams { get; }

    /// <summary>Bytes ahead of each load that are requested; 0 for no prefetch.</summary>
    public abstract int Ahead { get; }

    public override string ToString() => FormattableString.Invariant($"{Streams} {(Streams == 1 ? "stream" : "streams")}, {Ahead} bytes ahead");

    /// <summary>Reads [start, start + bytes), each byte once. The exclusive or of all, as 64-bit words at multiples of 8 bytes from the start:
    /// the same for every pattern, so that no load can be left out.</summary>
    public abstract long Read(byte* start, long bytes);

    private sealed class Pattern<TStreams, TAhead> : ReadPattern
        where TStreams : struct, IStreams
        where TAhead : struct, IAhead
    {
        public override int Streams => TStreams.Count;

        public override int Ahead => TAhead.Bytes;

        public override long Read(byte* start, long bytes)
        {
            var length = bytes / (TStreams.Count * Step) * Step;
            Vector512<long> all = default;
            for (long i = 0; i < length; i += Step)
                all ^= TStreams.Load<TAhead>(start + i, length);
            var sum = all.GetLower() ^ all.GetUpper();
            return Fold(sum.GetLower() ^ sum.GetUpper()) ^ Rest(start + length * TStreams.Count, bytes - length * TStreams.Count);
        }
    }

    private static long Fold(Vector128<long> sum) => sum[0] ^ sum[1];

    // Less than a step of all streams.
    private static long Rest(byte* start, long bytes)
    {
        long sum = 0, i = 0;
        for (; i + 8 <= bytes; i += 8)
            sum ^= *(long*)(start + i);
        for (; i < bytes; i++)
            sum ^= (long)start[i] << (int)(i % 8 * 8);
        return sum;
    }

    private interface IAhead
    {
        static abstract int Bytes { get; }
    }

    private readonly struct Nothing : IAhead
    {
        public static int Bytes => 0;
    }

    private readonly struct Kilobyte : IAhead
    {
        public static int Bytes => 1024;
    }

    private interface IStreams
    {
        static abstract int Count { get; }

        /// <summary>One step of every stream; the streams begin <paramref name="apart"/> bytes from one another.</summary>
        static abstract Vector512<long> Load<TAhead>(byte* first, long apart) where TAhead : struct, IAhead;
    }

    private readonly struct One : IStreams
    {
        public static int Count => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<long> Load<TAhead>(byte* first, long apart) where TAhead : struct, IAhead
        {
            if (TAhead.Bytes > 0 && Sse.IsSupported)
            {
                Sse.Prefetch0(first + TAhead.Bytes);
                Sse.Prefetch0(first + TAhead.Bytes + 64);
            }
            return Vector512.Load((long*)first) ^ Vector512.Load((long*)(first + 64));
        }
    }

    /// <summary>Twice as many streams, one body of code.</summary>
    private readonly struct Two<T> : IStreams where T : struct, IStreams
    {
        public static int Count => 2 * T.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<long> Load<TAhead>(byte* first, long apart) where TAhead : struct, IAhead =>
            T.Load<TAhead>(first, apart) ^ T.Load<TAhead>(first + T.Count * apart, apart);
    }
}
