namespace BitNet.Perf.Simulations.Noise;

/// <summary>A slow change over a whole measurement, as logarithms added to launches in their order of time.</summary>
/// <param name="Linear">Largest change from the first launch to the last; each workload gets a share of it between −1 and 1.</param>
/// <param name="Step">Standard deviation of one step of a random walk, from launch to launch.</param>
internal sealed record Drift(double Linear, double Step)
{
    public static Drift None { get; } = new(0, 0);

    /// <summary>Values for so many launches.</summary>
    public double[] Path(RandomStream random, int launches)
    {
        double[] path = new double[launches];
        if (Linear == 0 && Step == 0) return path;
        double slope = Linear * (2 * random.Uniform() - 1) / launches, walk = 0;
        for (int i = 0; i < launches; i++)
        {
            walk += Step * random.Normal();
            path[i] = slope * i + walk;
        }
        return path;
    }
}
