using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Tests.Workloads;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Worker;

public class PhaseTimingTests
{
    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(10_000_000)]
    [InlineData(3_579_545)] // a timer whose ticks are no whole number of nanoseconds
    [InlineData(2_999_999_999)]
    public void Phases_add_up_to_the_total_exactly_for_every_timer_frequency(long frequency)
    {
        var (total, phases) = PhaseTiming.Breakdown(phase => phase == EnginePhase.Forward ? 10_007 : 101 + 7 * (int)phase, 12_345, frequency);
        Assert.Equal((long)(12_345 * (Int128)1_000_000_000 / frequency), total);
        Assert.Equal(total, phases.Sum(p => p.Nanoseconds));
        var forward = phases.Single(p => p.Name == "forward");
        Assert.Equal(forward.Nanoseconds, forward.Parts.Sum(p => p.Nanoseconds));
        Assert.All(phases.Concat(forward.Parts), p => Assert.True(p.Nanoseconds >= 0));
        Assert.All(forward.Parts, p => Assert.StartsWith("forward/", p.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_phases_of_a_real_sequence_of_tokens_add_up_to_its_time(bool screened)
    {
        using var weights = ModelWeights.Open(TinyResources.ModelPath);
        using var pool = new WorkerPool(1);
        using var state = new RunState(weights.Shape, 32);
        using var transformer = new Transformer(weights, KernelCatalog.Available[0], pool);
        var (total, phases) = PhaseTiming.Measure(transformer, state, 1, 8, screened);
        Assert.Equal(["embed", "forward", "logits", "sample", "other"], phases.Select(p => p.Name));
        Assert.Equal(total, phases.Sum(p => p.Nanoseconds));
        Assert.All(phases.SelectMany(p => (Phase[])[p, .. p.Parts]), p => Assert.True(p.Nanoseconds >= 0, p.Name));
        Assert.Equal(8, state.Position);
    }

    [Fact]
    public void Every_part_of_the_engines_forward_phase_is_reported()
    {
        var (_, phases) = PhaseTiming.Breakdown(_ => 1, 100, 1_000_000_000);
        var reported = phases.Concat(phases.SelectMany(p => p.Parts)).Count(p => p.Name != "other" && p.Name != "forward/other");
        Assert.Equal(Enum.GetValues<EnginePhase>().Length, reported);
    }
}
