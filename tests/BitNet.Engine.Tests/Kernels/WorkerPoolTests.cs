using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_is_done_exactly_once_however_the_ranges_fall(int threads)
    {
        using WorkerPool pool = new(threads);
        foreach (int items in new[] { 0, 1, 2, 3, 7, 64, 1000, 1001 })
        {
            foreach (int grain in new[] { 1, 3, 64, 2000 })
            {
                Counting work = new(items);
                pool.Run(work, items, grain);
                Assert.All(work.Counts, count => Assert.Equal(1, count));
            }
        }
    }

    [Fact]
    public void Ranges_begin_at_multiples_of_the_unit_and_are_at_most_a_grain()
    {
        foreach (int threads in new[] { 1, 2, 3, 64 })
        {
            using WorkerPool pool = new(threads);
            foreach ((int items, int grain, int unit) in new[] { (160, 104, 104), (161, 96, 16), (1000, 20, 8), (7, 100, 16), (4096, 4096, 24), (500, 33, 32) })
            {
                Counting work = new(items) { Grain = grain, Unit = unit };
                pool.Run(work, items, grain, unit);
                Assert.All(work.Counts, count => Assert.Equal(1, count));
                Assert.Equal(0, work.Misplaced);
            }
        }
    }

    [Fact]
    public void A_grain_below_the_unit_is_refused()
    {
        using WorkerPool pool = new(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Run(new Counting(160), 160, 96, 104));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Run(new Counting(160), 160, 96, 0));
    }

    [Fact]
    public void Many_short_runs_in_a_row_lose_nothing()
    {
        // Workers come late, find the work closed or a newer one open; each run must still be complete when it returns.
        using WorkerPool pool = new(3);
        Counting work = new(40);
        for (int run = 1; run <= 20_000; run++)
        {
            pool.Run(work, 40, 1);
            if (run % 1000 == 0) Assert.All(work.Counts, count => Assert.Equal(run, count));
        }
    }

    [Fact]
    public void Workers_that_went_to_sleep_wake_up_again()
    {
        using WorkerPool pool = new(4);
        Counting work = new(100);
        for (int run = 1; run <= 5; run++)
        {
            Thread.Sleep(20);
            pool.Run(work, 100, 1);
            Assert.All(work.Counts, count => Assert.Equal(run, count));
        }
    }

    [Fact]
    public void A_failing_worker_fails_the_run_and_the_pool_goes_on()
    {
        using WorkerPool pool = new(3);
        Counting work = new(100);
        // Often the caller's own range and a worker's fail together; neither may be left for the next run.
        for (int run = 1; run <= 200; run++)
        {
            Assert.ThrowsAny<InvalidOperationException>(() => pool.Run(new Failing(), 1000, 1));
            pool.Run(work, 100, 1);
            Assert.All(work.Counts, count => Assert.Equal(run, count));
        }
    }

    [Fact]
    public void Each_worker_has_a_number_of_its_own()
    {
        using WorkerPool pool = new(3);
        Overlap work = new(3);
        for (int run = 0; run < 200; run++) pool.Run(work, 64, 1);
        Assert.Equal(0, work.Collisions);
    }

    private sealed class Counting(int items) : ParallelWork
    {
        private int _misplaced;

        public int[] Counts { get; } = new int[items];

        public int Grain { get; init; } = int.MaxValue;

        public int Unit { get; init; } = 1;

        /// <summary>Ranges that begin elsewhere than at a multiple of the unit, or are longer than the grain.</summary>
        public int Misplaced => _misplaced;

        public override void Execute(int begin, int end, int worker)
        {
            if (begin % Unit > 0 || end - begin > Grain) Interlocked.Increment(ref _misplaced);
            for (int i = begin; i < end; i++) Interlocked.Increment(ref Counts[i]);
        }
    }

    private sealed class Failing : ParallelWork
    {
        public override void Execute(int begin, int end, int worker)
        {
            Thread.SpinWait(50);
            throw new InvalidOperationException("expected");
        }
    }

    private sealed class Overlap(int workers) : ParallelWork
    {
        private readonly int[] _inside = new int[workers];

        public int Collisions { get; private set; }

        public override void Execute(int begin, int end, int worker)
        {
            if (Interlocked.Increment(ref _inside[worker]) != 1) Collisions++;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref _inside[worker]);
        }
    }
}
