using System.Runtime.InteropServices;
using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Bench.Workloads.Probes;

namespace BitNet.Perf.Bench.Tests.Workloads;

public unsafe class ReadProbeTests
{
    [Fact]
    public void The_probe_says_which_pattern_it_reads_with()
    {
        using var pool = new WorkerPool(1);
        using var memory = new HugePageBuffer<byte>(4096);
        using var probe = new ReadProbe(pool, memory.Pointer, memory.Length, ReadPattern.All.Single(p => (p.Streams, p.Ahead) == (4, 1024)));
        Assert.Equal("4 streams, 1024 bytes ahead", probe.Chosen);
    }

    public static TheoryData<int> Patterns() => [.. Enumerable.Range(0, ReadPattern.All.Count)];

    [Fact]
    public void One_to_eight_streams_are_tried_with_and_without_prefetch() => Assert.Equal(
        [(1, 0), (1, 1024), (2, 0), (2, 1024), (4, 0), (4, 1024), (8, 0), (8, 1024)],
        ReadPattern.All.Select(pattern => (pattern.Streams, pattern.Ahead)).Order());

    // In an exclusive or, a byte that is left out or read twice makes no difference: each is changed in turn.
    [Theory]
    [MemberData(nameof(Patterns))]
    public void Every_pattern_reads_every_byte_of_every_length(int index)
    {
        var pattern = ReadPattern.All[index];
        var bytes = new byte[5000];
        RandomData.Fill(MemoryMarshal.Cast<byte, sbyte>(bytes.AsSpan()), 5);
        fixed (byte* start = bytes)
        {
            foreach (var length in new[] { 0, 1, 7, 8, 63, 64, 127, 128, 129, 255, 256, 511, 512, 1023, 1024, 1025, 2047, 2048, 3071, 4095, 4096, 4097, 5000 })
            {
                Assert.Equal(WordByWord(bytes.AsSpan(0, length)), pattern.Read(start, length));
                var before = pattern.Read(start, length);
                for (var position = 0; position < length; position++)
                {
                    bytes[position] ^= 0x55;
                    Assert.Equal(before ^ (0x55L << (position % 8 * 8)), pattern.Read(start, length));
                    bytes[position] ^= 0x55;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_probe_reads_every_portion_once_with_any_pattern_and_thread_count(int index)
    {
        const int Length = (9 << 20) + 333;
        using var memory = new HugePageBuffer<byte>(Length);
        foreach (var threads in new[] { 1, 2 })
        {
            using var pool = new WorkerPool(threads);
            foreach (var position in new[] { 0, 1, 255, 256, (4 << 20) - 1, 4 << 20, (8 << 20) + 77, (9 << 20) - 1, Length - 1 })
            {
                memory.Pointer[position] = 1;
                using var probe = new ReadProbe(pool, memory.Pointer, Length, ReadPattern.All[index]);
                probe.Run();
                Assert.Equal(1L << (position % 8 * 8), probe.Checksum);
                memory.Pointer[position] = 0;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(3 << 20)]
    public void One_of_the_patterns_is_found_for_a_buffer_of_any_size(int length)
    {
        using var pool = new WorkerPool(2);
        using var memory = new HugePageBuffer<byte>(length);
        Assert.Contains(ReadProbe.Fastest(pool, memory.Pointer, length), ReadPattern.All);
    }

    private static long WordByWord(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        for (var i = 0; i < bytes.Length; i++)
            sum ^= (long)bytes[i] << (i % 8 * 8);
        return sum;
    }
}
