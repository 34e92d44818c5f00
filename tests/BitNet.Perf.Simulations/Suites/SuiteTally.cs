using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>Outcomes of many suites, counted.</summary>
internal sealed record SuiteTally(int Suites, int Alarms, int Significant, int Found, int Green, long Looks)
{
    private static SuiteTally None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Draws suites on the machine's processors. Each has a random stream of its own and only counts are added up, so that the
    /// result does not depend on how many there are.</summary>
    /// <param name="progress">Called with the number of suites done, from any thread.</param>
    public static SuiteTally Of(string scenario, ISuite suite, int suites, ulong seed, int threads, Action<int>? progress = null)
    {
        SuiteTally total = None;
        int done = 0;
        Lock gate = new();
        Parallel.For(0, suites, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => None, (i, _, own) =>
        {
            SuiteTally with = own.With(suite.Draw(RandomStream.Of(seed, scenario, i)));
            progress?.Invoke(Interlocked.Increment(ref done));
            return with;
        }, own =>
        {
            lock (gate) total = total.With(own);
        });
        return total;
    }

    private SuiteTally With(SuiteOutcome outcome) => new(Suites + 1, Alarms + One(outcome.Alarm), Significant + One(outcome.Significant),
        Found + One(outcome.Found), Green + One(outcome.Green), Looks + outcome.Looks);

    private SuiteTally With(SuiteTally other) => new(Suites + other.Suites, Alarms + other.Alarms, Significant + other.Significant,
        Found + other.Found, Green + other.Green, Looks + other.Looks);

    private static int One(bool happened) => happened ? 1 : 0;
}
