using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>What must be told of an interleaved run even where nobody watches it: what it declared before its first launch.</summary>
internal class AbMessages(Action<string> tell) : RunMessages(tell), IInterleavedProgress
{
    private readonly Action<string> _tell = tell;

    public virtual void Planned(InterleavedPlan plan)
    {
        string looks = plan.Looks.Count == 1 ? "verdicts then" : $"verdicts at {string.Join(", ", plan.Looks)}";
        string workloads = plan.FamilySize == 1 ? "1 workload" : $"{plan.FamilySize} workloads";
        string budget = plan.PairsOfBudget ? " fit into the budget" : "";
        _tell($"{plan.Pairs} pairs of launches{budget}, {workloads}, {looks}; about {FigureText.Duration(TimeSpan.FromSeconds(plan.Pairs * plan.BlockSeconds))}");
    }

    public virtual void Begins(BlockProgress progress) { }

    public virtual void Measured(Sides<Receipt> soFar) { }
}
