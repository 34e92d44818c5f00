using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Worker;

/// <summary>The class BenchmarkDotNet runs: one method, whose workload is named by a parameter. BenchmarkDotNet makes an instance for
/// every case on a thread of its own; what the cases share stands in <see cref="LaunchState"/>.</summary>
public class TimedWorkload
{
    private Workload _workload = null!;
    private LaunchState _state = null!;
    private long _allocatedBefore;

    /// <summary>Set by BenchmarkDotNet.</summary>
    public string Id { get; set; } = "";

    /// <summary>Takes the state of the launch at hand and keeps it: a case that outlives its time must not write into the next launch's.</summary>
    public void Setup()
    {
        _state = LaunchState.Current;
        _state.Guard(Id, () => _workload = _state.Begin(Id));
    }

    public void Run()
    {
        // A try block costs nothing unless something is thrown.
        try
        {
            _workload.Run();
        }
        catch (Exception e)
        {
            _state.Fail(Id, e);
            throw;
        }
    }

    // Outside the timed part of an iteration.
    public void BeforeIteration() => _allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);

    public void AfterIteration()
    {
        if (_workload.CountsAllocations)
            _state.Allocated.Add(GC.GetTotalAllocatedBytes(precise: true) - _allocatedBefore);
        _state.Guard(Id, _workload.Settle);
    }

    public void Cleanup() => _state.Guard(Id, () =>
    {
        try
        {
            _state.Digest = _workload.Digest();
            _state.Chosen = _workload.Chosen;
        }
        finally
        {
            _workload.Dispose();
        }
    });

    /// <summary>What the cases of a launch share. One launch at a time in a process.</summary>
    public sealed class LaunchState(Func<string, Workload> create)
    {
        public static LaunchState Current { get; set; } = null!;

        /// <summary>Managed bytes of each iteration of the case at hand, warm-up included.</summary>
        public List<long> Allocated { get; } = [];

        public string? Digest { get; set; }

        public string? Chosen { get; set; }

        /// <summary>The first exception of a workload; BenchmarkDotNet itself only reports that the case failed.</summary>
        public (string Id, Exception Exception)? Failure { get; private set; }

        public Workload Begin(string id)
        {
            Allocated.Clear();
            Digest = null;
            Chosen = null;
            return create(id);
        }

        public void Guard(string id, Action action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                Fail(id, e);
                throw;
            }
        }

        public void Fail(string id, Exception exception) => Failure ??= (id, exception);
    }
}
