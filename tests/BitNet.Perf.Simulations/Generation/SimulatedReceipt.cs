using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Generation;

/// <summary>Makes a receipt of one run out of drawn launches, each with its iterations; everything derived is computed by the receipts' own code.</summary>
internal static class SimulatedReceipt
{
    public const int Iterations = 15;

    private static readonly DateTimeOffset FirstRun = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    /// <param name="run">Number of the run: later ones are newer.</param>
    /// <param name="launches">workloads × launches: logarithms of the slowing of each launch.</param>
    public static Receipt Of(string name, int run, IReadOnlyList<SimulatedWorkload> suite, double[][] launches, NoiseModel model, RandomStream random)
    {
        DateTimeOffset start = FirstRun.AddHours(run);
        WorkloadRecord[] records = [.. suite.Select((workload, i) => Record(workload, launches[i], model, random))];
        return SimulatedHost.Receipt(name, start, launches[0].Length, records);
    }

    private static WorkloadRecord Record(SimulatedWorkload workload, double[] launches, NoiseModel model, RandomStream random)
    {
        var samples = new LaunchSamples[launches.Length];
        for (int i = 0; i < launches.Length; i++)
        {
            double[] elapsed = Elapsed(workload.Nanoseconds * Math.Exp(launches[i]), model, random);
            samples[i] = WorkloadFigures.Samples(workload.Unit, workload.Work, i + 1, 1, elapsed, allocatedBytes: 0);
        }
        return new WorkloadRecord
        {
            Id = workload.Id,
            Definition = workload.Definition,
            Metric = workload.Unit.Metric,
            Unit = workload.Unit.Name,
            Better = workload.Unit.Better,
            Threads = workload.Id[^1] - '0',
            Kernel = workload.Probe ? null : "i2s-avx512",
            Work = workload.Work,
            Result = workload.Probe ? null : new ResultCheck($"sha256:{new string('1', 64)}", "scalar", 128, null),
            Launches = samples,
            Summary = WorkloadFigures.Summarize(workload.Unit, workload.Work, samples),
        };
    }

    private static double[] Elapsed(double nanoseconds, NoiseModel model, RandomStream random)
    {
        var around = new Autoregression(model.IterationCorrelation, model.IterationDeviation * random.Normal());
        double[] elapsed = new double[Iterations];
        for (int i = 0; i < Iterations; i++) elapsed[i] = nanoseconds * (1 + around.Next(model.IterationDeviation * random.Normal()));
        return elapsed;
    }
}
