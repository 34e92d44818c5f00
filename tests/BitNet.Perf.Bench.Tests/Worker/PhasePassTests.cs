using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Tests.Workloads;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Worker;

public class PhasePassTests
{
    [Fact]
    public void Of_several_passes_the_one_of_median_total_is_reported_whole()
    {
        (long, IReadOnlyList<Phase>) Pass(long total) => (total, [new Phase("forward", total - 1, []), new Phase("other", 1, [])]);
        var (total, phases) = PhaseTiming.Typical([Pass(900), Pass(100), Pass(300)]);
        Assert.Equal(300, total);
        Assert.Equal(300, phases.Sum(phase => phase.Nanoseconds));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5, false)]
    [InlineData(5, true)]
    public void Every_pass_begins_at_the_same_position_and_what_is_reported_adds_up(int position, bool screened)
    {
        using var weights = ModelWeights.Open(TinyResources.ModelPath);
        using var pool = new WorkerPool(1);
        // Room for one pass only: one that went on where the one before it ended would overflow the context.
        using var state = new RunState(weights.Shape, position + 8);
        using var transformer = new Transformer(weights, KernelCatalog.Available[0], pool);
        if (position > 0)
            transformer.Forward(state, Enumerable.Range(1, position).ToArray());
        var (total, phases) = PhaseTiming.MeasureTypical(transformer, state, position, 1, 8, screened);
        Assert.Equal(position + 8, state.Position);
        Assert.Equal(total, phases.Sum(phase => phase.Nanoseconds));
    }
}
