using System.Runtime.InteropServices;

namespace BitNet.Engine.Kernels;

/// <summary>A piece of work that can be split by item ranges; implementations are allocated once and reused.</summary>
public abstract class ParallelWork
{
    /// <summary>Processes items [begin, end). Called by several workers at once on disjoint ranges.</summary>
    /// <param name="worker">0 .. threads − 1, for scratch memory of its own.</param>
    public abstract void Execute(int begin, int end, int worker);
}

/// <summary>Memory that the step after a piece of work begins with. Implementations are allocated once and reused.</summary>
public abstract class ReadAhead
{
    /// <summary>Requests it, without waiting for it to arrive. Called by each worker that finds nothing left to take, while the others finish.</summary>
    public abstract void Request(int worker);
}

/// <summary>Persistent threads that share one piece of work at a time. The caller is worker 0. Each worker goes through a share of its own from
/// front to back, so that it reads memory in order, and then helps the others with theirs; the last ranges of a share are smaller, so that all finish at about the same time. Nobody waits for a worker that has not started, so
/// a processor taken away by somebody else costs its share, not a stall. Idle workers spin for 0.1 to 0.2 ms (longer than the gap
/// between two steps of a layer), then sleep.</summary>
public sealed class WorkerPool : IDisposable
{
    private const int SpinsBeforeSleep = 4_000;
    private const int SpinsBeforeYield = 500;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Share[] _shares;
    private ParallelWork? _work;
    private ReadAhead? _ahead;
    private Exception? _failure;
    private int _grain;
    private int _unit;
    private long _generation;
    private bool _stopping;

    // Each on a cache line of its own: they are written by all workers.
    private Padded _active;
    private Padded _open;
    private Padded _sleepers;

    /// <param name="threads">All workers, the caller included; at least 1.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _shares = new Share[threads];
        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Loop(worker)) { IsBackground = true, Name = $"bitnet-worker-{worker}" };
            _threads[i].Start();
        }
    }

    public int Threads { get; }

    /// <summary>Runs <paramref name="work"/> over [0, items) in ranges of <paramref name="grain"/> and returns when all is done.
    /// Not reentrant; one caller at a time.</summary>
    /// <param name="items">Any number; nothing is done for none.</param>
    /// <param name="grain">Most items of a range.</param>
    /// <exception cref="ArgumentOutOfRangeException">The unit is below 1 or the grain below the unit.</exception>
    /// <exception cref="InvalidOperationException">The work failed on another thread; that exception is the inner one. The caller's own comes as it is.</exception>
    public void Run(ParallelWork work, int items, int grain) => Run(work, items, grain, grain);

    /// <inheritdoc cref="Run(ParallelWork, int, int)"/>
    /// <param name="unit">Ranges begin and end at its multiples (except the last) and are at least as large; at the end of a share they become as small.</param>
    /// <param name="ahead">What to request when done.</param>
    public void Run(ParallelWork work, int items, int grain, int unit, ReadAhead? ahead = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(grain, unit);
        // Whole units, so that a range never begins between them.
        grain -= grain % unit;
        if (items <= 0) return;
        if (_threads.Length == 0 || items <= unit)
        {
            for (int begin = 0; begin < items; begin += grain) work.Execute(begin, Math.Min(begin + grain, items), 0);
            ahead?.Request(0);
            return;
        }
        // Left over where the caller's own part of an earlier run failed as well.
        _failure = null;
        (_work, _ahead, _grain, _unit) = (work, ahead, grain, unit);
        // Shares of whole units, the first ones larger where they do not divide.
        long units = ((long)items + unit - 1) / unit;
        for (int worker = 0; worker < Threads; worker++)
        {
            _shares[worker].End = (int)Math.Min(items, ShareEnd(units, worker, Threads) * unit);
            Volatile.Write(ref _shares[worker].Next, worker == 0 ? 0 : _shares[worker - 1].End);
        }
        long generation = ++_generation;
        // A full fence: a worker either sees the open generation before it sleeps, or is counted among the sleepers.
        Interlocked.Exchange(ref _open.Value, generation);
        if (Volatile.Read(ref _sleepers.Value) > 0)
        {
            int sleepers = (int)Interlocked.Exchange(ref _sleepers.Value, 0);
            if (sleepers > 0) _wake.Release(sleepers);
        }
        try
        {
            Drain(work, 0);
        }
        finally
        {
            Interlocked.Exchange(ref _open.Value, 0);
            // The others are at most a grain behind, unless a processor was taken away: then yield.
            SpinWait wait = default;
            for (int spin = 0; Volatile.Read(ref _active.Value) != 0; spin++)
            {
                if (spin < SpinsBeforeYield) Thread.SpinWait(1);
                else wait.SpinOnce(sleep1Threshold: -1);
            }
            (_work, _ahead) = (null, null);
        }
        if (_failure is { } failure)
        {
            _failure = null;
            throw new InvalidOperationException($"a worker failed: {failure.Message}", failure);
        }
    }

    /// <summary>Where a worker's share of so many units ends, and the next one's begins.</summary>
    internal static long ShareEnd(long units, int worker, int threads) => (units * (worker + 1) + threads - 1) / threads;

    private void Drain(ParallelWork work, int worker)
    {
        for (int i = 0, owner = worker; i < Threads; i++, owner = owner + 1 == Threads ? 0 : owner + 1)
        {
            while (Take(ref _shares[owner], out int begin, out int end)) work.Execute(begin, end, worker);
        }
        _ahead?.Request(worker);
    }

    /// <summary>Half of what is left of a share, but at most a grain and at least a unit.</summary>
    private bool Take(ref Share share, out int begin, out int end)
    {
        int next = Volatile.Read(ref share.Next);
        while (next < share.End)
        {
            int half = ((share.End - next) / 2 + _unit - 1) / _unit * _unit;
            int stop = Math.Min(next + Math.Clamp(half, _unit, _grain), share.End);
            int found = Interlocked.CompareExchange(ref share.Next, stop, next);
            if (found == next)
            {
                (begin, end) = (next, stop);
                return true;
            }
            next = found;
        }
        begin = end = 0;
        return false;
    }

    private void Loop(int worker)
    {
        long seen = 0;
        while (true)
        {
            if (!AwaitWork(seen)) return;
            Interlocked.Increment(ref _active.Value);
            // Read again: between the first look and the increment the caller may have closed it and gone on.
            long open = Volatile.Read(ref _open.Value);
            if (open != 0 && open != seen)
            {
                seen = open;
                try
                {
                    Drain(_work!, worker);
                }
                catch (Exception e)
                {
                    _failure ??= e;
                }
            }
            Interlocked.Decrement(ref _active.Value);
        }
    }

    /// <summary>Spins, then sleeps, until a generation other than <paramref name="seen"/> is open; false when the pool stops.</summary>
    private bool AwaitWork(long seen)
    {
        while (true)
        {
            for (int spin = 0; spin < SpinsBeforeSleep; spin++)
            {
                if (IsNew(seen)) return true;
                if (Volatile.Read(ref _stopping)) return false;
                Thread.SpinWait(1);
            }
            Interlocked.Increment(ref _sleepers.Value);
            if ((IsNew(seen) || Volatile.Read(ref _stopping)) && TakeBackSleep()) continue;
            _wake.Wait();
        }
    }

    private bool IsNew(long seen)
    {
        long open = Volatile.Read(ref _open.Value);
        return open != 0 && open != seen;
    }

    /// <summary>False when a release is already on its way to this worker: then it must be consumed.</summary>
    private bool TakeBackSleep()
    {
        while (true)
        {
            long sleepers = Volatile.Read(ref _sleepers.Value);
            if (sleepers == 0) return false;
            if (Interlocked.CompareExchange(ref _sleepers.Value, sleepers - 1, sleepers) == sleepers) return true;
        }
    }

    public void Dispose()
    {
        if (_stopping) return;
        Volatile.Write(ref _stopping, true);
        _wake.Release(Math.Max(1, _threads.Length));
        foreach (Thread thread in _threads) thread.Join();
        _wake.Dispose();
    }

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Padded
    {
        [FieldOffset(64)]
        public long Value;
    }

    /// <summary>Items of one worker, [.., End), of which those before Next have been taken; on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Share
    {
        [FieldOffset(64)]
        public int Next;

        [FieldOffset(72)]
        public int End;
    }
}
