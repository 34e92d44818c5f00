using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

/// <summary>Two builds whose workers are within the test process, in a folder of their own.</summary>
internal sealed class Contest : IDisposable
{
    public const string Norm = "kernel/norm/f32/scalar/256/b1/hot/t1", Quantize = "kernel/quantize/i8/scalar/256/b1/hot/t1";

    private readonly TemporaryFolder _folder = new();

    public static IReadOnlyList<ListedWorkload> Both { get; } = [Listed(Norm), Listed(Quantize), Listed("probe/control/t1", "control/1"), Listed("probe/read/t1", "read/2", "GB/s")];

    public FakeWorker Base { get; init; } = new() { Lists = Both, BuildId = "before" };

    public FakeWorker Head { get; init; } = new() { Lists = Both, BuildId = "after" };

    public FakeJudge Judge { get; init; } = new();

    public IInterleavedProgress Progress { get; init; } = NoInterleavedProgress.Instance;

    public InterleavedOptions Options { get; init; } = new() { Pairs = 6 };

    public string Folder => _folder["ab"];

    private RunEnvironment Environment => Plans.Environment(_folder["cache"], new FakeWorker());

    private InterleavedOptions Given => Options with { Folder = Folder, Measuring = new RunOptions { Model = "synthetic:tiny", Seed = 5, Threads = [1] } };

    public static ListedWorkload Listed(string id, string definition = "norm/1", string unit = "ns") =>
        new(id, definition, unit, null, new WorkPerOperation { Bytes = unit == "GB/s" ? 1000 : null });

    /// <summary>The launches in the order they were made: side and number.</summary>
    public IReadOnlyList<(string Side, int Block)> Made { get; private set; } = [];

    public async Task<InterleavedOutcome> RunAsync(CancellationToken? cancellation = null)
    {
        var token = cancellation ?? TestContext.Current.CancellationToken;
        return await (await InterleavedRun.PrepareAsync(Given, Builds(), Environment, Judge, Progress, token)).FinishAsync(token);
    }

    /// <summary>Goes on with a run that another contest began.</summary>
    public async Task<InterleavedOutcome> ResumeAsync(Contest begun)
    {
        var token = TestContext.Current.CancellationToken;
        return await (await InterleavedRun.ReopenAsync(begun.Folder, _ => Builds(), begun.Environment, Judge, Progress, token)).FinishAsync(token);
    }

    public static IReadOnlyList<WorkerPlan> Measured(FakeWorker worker) => [.. worker.Plans.Where(plan => plan.Task == WorkerTask.Measure)];

    public void Dispose() => _folder.Dispose();

    private BuildContestants Builds() => new(
        new Sides<WorkerCommand>(new WorkerCommand("base", []), new WorkerCommand("head", [])),
        command => new Noted(command.File == "base" ? Base : Head, plan => Made = [.. Made, (command.File, plan.Launch)]));

    private sealed class Noted(IWorkerProcess worker, Action<WorkerPlan> note) : IWorkerProcess
    {
        public Task<WorkerEnd> RunAsync(WorkerPlan plan, TimeSpan timeout, Action<WorkerMessage> report, CancellationToken cancellationToken)
        {
            if (plan.Task == WorkerTask.Measure)
                note(plan);
            return worker.RunAsync(plan, timeout, report, cancellationToken);
        }
    }
}

/// <summary>Judges by what a test says.</summary>
internal sealed class FakeJudge : IPairedJudge
{
    public double FamilyErrorRate => 0.01;

    public int Least { get; init; } = 2;

    public IReadOnlyList<int> Declared { get; init; } = [2, 4, 6];

    /// <summary>Whether all is decided after so many blocks.</summary>
    public Func<int, bool> Decides { get; init; } = _ => false;

    /// <summary>Blocks there were whenever it was asked.</summary>
    public List<int> Asked { get; } = [];

    /// <summary>Workloads it was told of, each time.</summary>
    public List<IReadOnlyCollection<string>> Told { get; } = [];

    public void Require(IReadOnlyCollection<string> workloads) => Told.Add(workloads);

    /// <summary>A halved level takes one pair more.</summary>
    public int LeastPairs(int familySize, double share) => Least + (int)Math.Ceiling(-Math.Log2(share) - 1e-9);

    public IReadOnlyList<DeclaredLook> Looks(int pairs, int familySize)
    {
        int[] looks = [.. Declared.Where(look => look < pairs), pairs];
        return [.. looks.Select(look => new DeclaredLook(look, 1.0 / looks.Length))];
    }

    public bool AllDecided(Receipt @base, Receipt head)
    {
        Assert.Equal(@base.Launches.Count, head.Launches.Count);
        Asked.Add(@base.Launches.Count);
        return Decides(@base.Launches.Count);
    }
}
