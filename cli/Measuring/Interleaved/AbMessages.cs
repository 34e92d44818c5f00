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
        // The last of several looks comes after the pairs asked for, and only for what is undecided then.
        int asked = plan.Asked;
        string early = plan.Looks.Count > 2 ? $"verdicts from {plan.Looks[0].Launches} on, " : "";
        string on = plan.Looks.Count > 1 ? $", up to {plan.Looks[^1].Launches} for what is undecided then" : "";
        string workloads = plan.FamilySize == 1 ? "1 workload" : $"{plan.FamilySize} workloads";
        string budget = plan.PairsOfBudget ? " fit into the budget" : "";
        _tell($"{asked} pairs of launches{budget}, {workloads}: {early}about {FigureText.Duration(TimeSpan.FromSeconds(asked * plan.BlockSeconds))}{on}");
    }

    public virtual void Begins(BlockProgress progress) { }

    public virtual void Measured(Sides<Receipt> soFar) { }
}
