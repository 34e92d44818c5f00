using System.Diagnostics;
using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Bench.Workloads.EndToEnd;

namespace BitNet.Perf.Bench.Worker;

/// <summary>Carries out one plan in this process.</summary>
internal sealed class PlanExecution(WorkerPlan plan, Action<WorkerMessage> report)
{
    public void Run()
    {
        using var resources = new WorkerResources(plan.ModelPath, plan.ColdBytes, plan.Threads[^1]);
        var input = new CatalogInput(resources.Shape, KernelCatalog.Choose(plan.Kernel), KernelCatalog.Available, plan.Threads, plan.ColdBytes);
        if (plan.Task == WorkerTask.List)
        {
            report(new ListedMessage(input.Kernel.Name, [.. Chosen(input).Select(d => new ListedWorkload(d.Id.Text, d.Definition, d.Unit.Name, d.Kernel, d.Work))]));
            return;
        }
        var catalog = WorkloadCatalog.All(input).ToDictionary(d => d.Id.Text);
        var workloads = plan.Workloads.Select(w => (
            Definition: catalog.GetValueOrDefault(w.Id) ?? throw new WorkerProtocolException($"this build has no workload {w.Id} for this model"),
            w.Operations)).ToList();
        if (plan.Task == WorkerTask.Calibrate)
            Calibrate(workloads.Select(w => w.Definition), resources);
        else
            Measure(workloads, resources);
    }

    private IReadOnlyList<WorkloadDefinition> Chosen(CatalogInput input)
    {
        var choice = plan.Choice ?? throw new WorkerProtocolException("the plan is to list workloads and names none");
        var suite = Suite.Find(choice.Suite) ?? throw new WorkerProtocolException($"this build has no suite \"{choice.Suite}\"; it has {Suite.Names}");
        try
        {
            return WorkloadCatalog.Select(suite, choice.Filters, input);
        }
        catch (NoWorkloadsException)
        {
            // Another build may have some: what both have is for the orchestrator to see.
            return [];
        }
    }

    private void Calibrate(IEnumerable<WorkloadDefinition> definitions, WorkerResources resources)
    {
        using var tiers = new CodeTiers();
        foreach (var definition in definitions)
        {
            report(new StartedMessage(definition.Id.Text));
            var start = Stopwatch.GetTimestamp();
            try
            {
                using var workload = WorkloadFactory.Create(definition, resources);
                var setup = Stopwatch.GetElapsedTime(start).TotalSeconds;
                // The time first: a check leaves the caches and the pools in another state than a run of operations.
                var nanoseconds = Calibration.Time(workload, definition.Strategy);
                var result = workload.Check();
                report(new CalibratedMessage(definition.Id.Text, result, plan.Timing.Operations(definition.Strategy, nanoseconds), nanoseconds, setup, workload.Input, CodePath.Of(workload)));
            }
            catch (Exception e)
            {
                throw new LaunchFailedException(definition.Id.Text, e);
            }
        }
        Require(tiers);
    }

    private static void Require(CodeTiers tiers)
    {
        // Events come with a delay of some 100 ms: all are there once none has come for a while.
        var steady = 0;
        for (var i = 0; i < 50 && (tiers.Seen == 0 || steady < 3); i++)
        {
            var seen = tiers.Seen;
            Thread.Sleep(100);
            steady = tiers.Seen == seen ? steady + 1 : 0;
        }
        if (tiers.Seen == 0)
            throw new CodeTierException("the runtime reported no method as compiled, so that nothing shows at which tier the measured code runs");
        if (tiers.Lower.FirstOrDefault() is { Key: not null } method)
            throw new CodeTierException($"{method.Key} was compiled as {method.Value}; only fully optimised code is measured");
    }

    private void Measure(IReadOnlyList<(WorkloadDefinition Definition, long Operations)> workloads, WorkerResources resources)
    {
        var definitions = workloads.ToDictionary(w => w.Definition.Id.Text, w => w.Definition);
        BenchmarkLaunch.Run(
            workloads, plan.Timing, TimeSpan.FromSeconds(plan.WorkloadTimeoutSeconds), id => WorkloadFactory.Create(definitions[id], resources), report);
        if (plan.PhasesOf is { } id)
            Phases(definitions[id], resources);
    }

    private void Phases(WorkloadDefinition decode, WorkerResources resources)
    {
        var parts = decode.Id.Setting!.Split("@ctx");
        var context = int.Parse(parts[1]);
        var tokens = decode.Work.Tokens!.Value;
        var kernel = KernelCatalog.Choose(plan.Kernel);
        using var transformer = WorkloadFactory.TransformerOf(decode.Id, kernel, resources);
        var state = resources.Context(context, tokens, kernel);
        var (total, phases) = PhaseTiming.MeasureTypical(
            transformer, state, context, ForwardCheck.FirstToken(resources.Shape), tokens, HeadFormat.IsScreened(decode.Id));
        report(new PhasesMessage(decode.Id.Text, tokens, total, phases));
    }
}
