using System.Diagnostics;
using BitNet.Engine.Kernels;

namespace BitNet.Perf.Bench.Workloads.Probes;

/// <summary>Reads a buffer far larger than the caches, once per operation, as fast as any loads go here: the roof for everything that
/// comes from memory.</summary>
internal sealed unsafe class ReadProbe : Workload
{
    /// <summary>Portions handed to the workers; large enough that the hardware's prefetch of a stream is under way most of the time.</summary>
    private const long Portion = 4L << 20;

    private const long Line = 64;

    /// <summary>How often every pattern reads the whole buffer before one is chosen: after one sweep a busy neighbour decided now and then.</summary>
    private const int Sweeps = 3;

    private readonly WorkerPool _pool;
    private readonly Reader _reader;
    private readonly int _portions;

    /// <param name="length">Bytes that one operation reads.</param>
    /// <param name="pattern">How; <see cref="Fastest"/> finds it.</param>
    public ReadProbe(WorkerPool pool, byte* memory, long length, ReadPattern pattern)
    {
        _pool = pool;
        _reader = new Reader(memory, length, pattern, pool.Threads);
        Chosen = pattern.ToString();
        _portions = (int)((length + Portion - 1) / Portion);
    }

    /// <inheritdoc/>
    public override string Chosen { get; }

    /// <summary>Of all that was read so far; reading the same again takes it out.</summary>
    internal long Checksum => _reader.Checksum;

    public override void Run() => _pool.Run(_reader, _portions, 1);

    /// <summary>The pattern with the least median time. In every round each pattern reads a part of the buffer, another one than in the round before: all read
    /// the same in the end, and a part has left the caches when it is read again.</summary>
    public static ReadPattern Fastest(WorkerPool pool, byte* memory, long length)
    {
        var patterns = ReadPattern.All;
        var part = Math.Max(Line, length / patterns.Count / Line * Line);
        var times = patterns.Select(_ => new List<long>()).ToList();
        for (var round = 0; round < Sweeps * patterns.Count; round++)
        {
            for (var i = 0; i < patterns.Count; i++)
            {
                var first = (i + round) % patterns.Count * part;
                using var probe = new ReadProbe(pool, memory + first, Math.Clamp(length - first, 0, part), patterns[i]);
                var start = Stopwatch.GetTimestamp();
                probe.Run();
                times[i].Add(Stopwatch.GetTimestamp() - start);
            }
        }
        return patterns[Enumerable.Range(0, patterns.Count).MinBy(i => times[i].Order().ElementAt(times[i].Count / 2))];
    }

    private sealed class Reader(byte* start, long length, ReadPattern pattern, int threads) : ParallelWork
    {
        // What was read must be used, or the loads could be dropped. A cache line for each worker.
        private readonly long[] _sums = new long[threads * 8];

        public override void Execute(int begin, int end, int worker)
        {
            long sum = 0;
            for (var item = begin; item < end; item++)
            {
                var offset = item * Portion;
                sum ^= pattern.Read(start + offset, Math.Min(Portion, length - offset));
            }
            _sums[worker * 8] ^= sum;
        }

        public long Checksum => _sums.Aggregate((a, b) => a ^ b);
    }
}
