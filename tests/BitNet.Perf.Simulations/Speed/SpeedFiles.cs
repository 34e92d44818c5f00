using BitNet.Perf.Receipts;
using BitNet.Perf.Simulations.Generation;
using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Speed;

/// <summary>Two receipts as large as the comparer must bear: 1,000 workloads × 50 launches × 15 iterations each.</summary>
internal static class SpeedFiles
{
    public const int Workloads = 1000;
    public const int Launches = 50;

    private static readonly NoiseModel Noise = new() { Launch = LaunchShocks.Normal(0.02), RunDeviation = 0.02 };

    /// <returns>Paths of the two files.</returns>
    public static string[] Write(string folder)
    {
        SimulatedWorkload[] workloads = SimulatedWorkload.Suite(Workloads);
        string[] paths = [Path.Combine(folder, "a.json"), Path.Combine(folder, "b.json")];
        for (int run = 0; run < paths.Length; run++)
        {
            var random = RandomStream.Of(1, "speed", run);
            double[] shift = LaunchPaths.RunShift(Noise, random, workloads.Length);
            double[][] launches = LaunchPaths.Of(Noise, random, workloads.Length, Launches);
            double[][] shifted = [.. launches.Select((path, i) => path.Select(value => value + shift[i]).ToArray())];
            ReceiptFile.Write(paths[run], SimulatedReceipt.Of($"20260131T08000{run}Z-4f2a90c{run}", run, workloads, shifted, Noise, random));
        }
        return paths;
    }
}
