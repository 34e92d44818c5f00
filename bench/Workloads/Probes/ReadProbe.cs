using System.Runtime.Intrinsics;
using BitNet.Engine.Kernels;

namespace BitNet.Perf.Bench.Workloads.Probes;

/// <summary>Reads a buffer far larger than the caches, once per operation, as fast as loads go: the roof for every cold kernel.
/// Two streams per worker with two 512-bit loads each were the fastest of 1, 2, 4 and 8 streams, with and without software
/// prefetch, on Zen 4 (31.5 GB/s against 26 to 31).</summary>
public sealed unsafe class ReadProbe(WorkerPool pool, byte* memory, long length) : Workload
{
    /// <summary>Portions handed to the workers; large enough that a stream's hardware prefetch is under way most of the time.</summary>
    private const long Portion = 4L << 20;

    private readonly Reader _reader = new(memory, length, pool.Threads);

    /// <summary>Bytes that one operation reads of a buffer: whole blocks of 256 bytes in whole portions or the rest.</summary>
    public static long Bytes(long length) => length / 256 * 256;

    /// <summary>Of all that was read so far; reading the same again takes it out.</summary>
    internal long Checksum => _reader.Checksum;

    public override void Run() => pool.Run(_reader, (int)((Bytes(length) + Portion - 1) / Portion), 1);

    private sealed class Reader(byte* start, long length, int threads) : ParallelWork
    {
        // What was read must be used, or the loads could be dropped. A cache line for each worker.
        private readonly long[] _sums = new long[threads * 8];

        public override void Execute(int begin, int end, int worker)
        {
            long sum = 0;
            for (var item = begin; item < end; item++)
            {
                var offset = item * Portion;
                sum ^= Read(start + offset, Math.Min(Portion, Bytes(length) - offset));
            }
            _sums[worker * 8] ^= sum;
        }

        public long Checksum => _sums.Aggregate((a, b) => a ^ b);

        private static long Read(byte* first, long bytes)
        {
            var half = bytes / 256 * 128;
            var second = first + half;
            Vector512<long> a = default, b = default, c = default, d = default;
            for (long i = 0; i < half; i += 128)
            {
                a ^= Vector512.Load((long*)(first + i));
                b ^= Vector512.Load((long*)(first + i + 64));
                c ^= Vector512.Load((long*)(second + i));
                d ^= Vector512.Load((long*)(second + i + 64));
            }
            return Vector512.Sum(a ^ b ^ (c ^ d));
        }
    }
}
