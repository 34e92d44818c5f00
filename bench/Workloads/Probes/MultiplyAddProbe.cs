using BitNet.Engine.Kernels;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Probes;

/// <summary>Multiplies codes by activations and adds the products, all in registers: the roof for every ternary product that takes the same
/// instructions, since nothing is loaded, unpacked, widened or stored.</summary>
internal sealed class MultiplyAddProbe : Workload
{
    /// <summary>Of one operation, whatever the instructions and threads; some 1 ms with 512 bits.</summary>
    public const long MultiplyAdds = Items * PerItem;

    private const int Items = 64;
    private const long PerItem = 1 << 22;

    private readonly WorkerPool _pool;
    private readonly Loops _loops;

    /// <param name="isa">ISA level of the kernel in use.</param>
    public MultiplyAddProbe(WorkerPool pool, string isa)
    {
        _pool = pool;
        _loops = new Loops(MultiplyAddLoop.For(isa));
    }

    public override void Run() => _pool.Run(_loops, Items, 1);

    public override string Digest()
    {
        Run();
        return ResultDigest.Of<int>(_loops.Results);
    }

    public override ResultCheck Check()
    {
        var digest = Digest();
        var expected = _loops.Loop.Expected(_loops.Steps);
        for (var item = 0; item < Items; item++)
        {
            if (_loops.Results[item] != expected)
                throw new WrongResultException($"probe/mac: item {item} gives {_loops.Results[item]}; one weight at a time gives {expected}");
        }
        return new ResultCheck(digest, "scalar", Items, null);
    }

    private sealed class Loops(MultiplyAddLoop loop) : ParallelWork
    {
        public MultiplyAddLoop Loop => loop;

        public int Steps { get; } = (int)(PerItem / loop.MultiplyAddsPerStep);

        public int[] Results { get; } = new int[Items];

        public override void Execute(int begin, int end, int worker)
        {
            for (var item = begin; item < end; item++)
                Results[item] = loop.Run(Steps);
        }
    }
}
