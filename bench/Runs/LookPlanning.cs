using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>When a run that measures on draws verdicts, and what of that fits into its budget.</summary>
internal static class LookPlanning
{
    /// <summary>Looks after this many times the first one's launches. Few and far apart: each further one must leave something of the error rates to
    /// those after it, and twice the launches narrow what launches alone make wide by 30 %.</summary>
    private static readonly int[] Multiples = [1, 2, 4];

    /// <summary>Of every error rate, for the first of several looks; the others share the rest equally. The first one has most, because where noise between
    /// whole runs rules no later look tells more, and where noise between launches rules the later ones gain more than a small share costs them.</summary>
    private const double FirstShare = 0.8;

    /// <summary>The plan with its looks: the first one, and those that at least a single workload, whichever it is, can be measured on to.</summary>
    /// <exception cref="RunRefusedException">The budget does not hold the launches up to the first look.</exception>
    public static RunPlan WithLooks(RunPlan plan, TimeSpan budget)
    {
        var launch = Prediction.Launch(plan.Workloads, plan.Timing).TotalSeconds;
        var first = plan.CheckingSeconds + plan.Launches * launch;
        if (first > budget.TotalSeconds)
        {
            throw new RunRefusedException(FormattableString.Invariant(
                $"a budget of {budget.TotalSeconds:0} s does not hold {plan.CheckingSeconds:0} s of checks and {plan.Launches} launches of about {launch:0.#} s up to the first look; expected at least {Math.Ceiling(first / 60):0}m, fewer launches or fewer workloads"));
        }
        var longest = Measured(plan).Max(id => Seconds(plan, [id]));
        int[] launches = [.. Multiples.Select(m => m * plan.Launches).TakeWhile(n => first + (n - plan.Launches) * longest <= budget.TotalSeconds)];
        return plan with
        {
            BudgetSeconds = budget.TotalSeconds,
            Looks = [.. launches.Select((n, look) => new DeclaredLook(n, launches.Length == 1 ? 1 : look == 0 ? FirstShare : (1 - FirstShare) / (launches.Length - 1)))],
        };
    }

    /// <summary>Of those that are open, as many as fit, the most urgent first.</summary>
    /// <param name="open">Most urgent first.</param>
    /// <param name="launches">To be made of them.</param>
    /// <param name="left">Seconds of the budget.</param>
    /// <param name="pace">Seconds a launch took for each predicted one.</param>
    public static IReadOnlyList<string> Fitting(RunPlan plan, IReadOnlyList<string> open, int launches, double left, double pace)
    {
        var fitting = new List<string>();
        foreach (var id in open)
        {
            if (launches * pace * Seconds(plan, [.. fitting, id]) <= left)
                fitting.Add(id);
        }
        return fitting;
    }

    /// <summary>The plan of launches that measure these workloads, and every probe, which show what the host does meanwhile.</summary>
    public static RunPlan Of(RunPlan plan, IReadOnlyCollection<string> workloads) =>
        plan with { Workloads = [.. plan.Workloads.Where(w => WorkloadId.IsProbe(w.Id) || workloads.Contains(w.Id))] };

    private static double Seconds(RunPlan plan, IReadOnlyCollection<string> workloads) => Prediction.Launch(Of(plan, workloads).Workloads, plan.Timing).TotalSeconds;

    private static IEnumerable<string> Measured(RunPlan plan) => plan.Workloads.Select(w => w.Id).Where(id => !WorkloadId.IsProbe(id)).DefaultIfEmpty("");
}
