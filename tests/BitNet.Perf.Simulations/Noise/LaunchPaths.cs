namespace BitNet.Perf.Simulations.Noise;

/// <summary>Draws the launches of a whole suite in their order of time.</summary>
internal static class LaunchPaths
{
    /// <returns>workloads × launches: logarithms to be added to each workload's own middle.</returns>
    public static double[][] Of(NoiseModel model, RandomStream random, int workloads, int launches)
    {
        double[] host = Host(model, random, launches);
        double[][] paths = new double[workloads][];
        for (int workload = 0; workload < workloads; workload++)
        {
            double[] path = model.Drift.Path(random, launches);
            var own = new Autoregression(model.LaunchCorrelation, model.Launch(random));
            for (int i = 0; i < launches; i++) path[i] += host[i] + own.Next(model.Launch(random));
            paths[workload] = path;
        }
        return paths;
    }

    /// <summary>What separates one run from others made at other times.</summary>
    /// <returns>One logarithm for each workload.</returns>
    public static double[] RunShift(NoiseModel model, RandomStream random, int workloads)
    {
        double common = Math.Sqrt(model.RunShared) * random.Normal(), own = Math.Sqrt(1 - model.RunShared);
        double[] shift = new double[workloads];
        for (int i = 0; i < workloads; i++) shift[i] = model.RunDeviation * (common + own * random.Normal());
        return shift;
    }

    private static double[] Host(NoiseModel model, RandomStream random, int launches)
    {
        double[] host = new double[launches];
        if (model.HostDeviation == 0) return host;
        var common = new Autoregression(model.HostCorrelation, model.HostDeviation * random.Normal());
        for (int i = 0; i < launches; i++) host[i] = common.Next(model.HostDeviation * random.Normal());
        return host;
    }
}
