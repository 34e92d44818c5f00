using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads.Probes;

namespace BitNet.Perf.Bench.Tests.Workloads;

public class MultiplyAddLoopTests
{
    public static TheoryData<string> Levels() => [.. KernelCatalog.Available.Select(kernel => kernel.Isa).Distinct()];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_loop_does_the_products_it_counts_for_any_number_of_steps(string isa)
    {
        var loop = MultiplyAddLoop.For(isa);
        foreach (var steps in new[] { 0, 1, 2, 3, 4, 5, 63, 64, 1000 })
            Assert.Equal(loop.Expected(steps), loop.Run(steps));
        Assert.NotEqual(loop.Run(4), loop.Run(5));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void An_operation_is_as_many_multiply_adds_at_every_level(string isa)
    {
        Assert.Equal(0, MultiplyAddProbe.MultiplyAdds % MultiplyAddLoop.For(isa).MultiplyAddsPerStep);
        using var pool = new WorkerPool(2);
        using var probe = new MultiplyAddProbe(pool, isa);
        Assert.Equal(64, probe.Check().Checked);
        Assert.Equal(probe.Check().Digest, probe.Digest());
    }

    [Fact]
    public void The_level_of_the_kernel_in_use_decides_the_loop()
    {
        Assert.Equal([64, 32, 8, 8], new[] { "avx512", "avx2", "vector128", "scalar" }.Select(isa => MultiplyAddLoop.For(isa).Width));
    }
}
