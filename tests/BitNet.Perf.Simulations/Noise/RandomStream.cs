namespace BitNet.Perf.Simulations.Noise;

/// <summary>Random numbers of one simulated suite. The integers are the same on every machine and in every thread; deviates take a
/// logarithm, whose last bit may differ between platforms.</summary>
/// <remarks>SplitMix64: G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
/// doi:10.1145/2660193.2660195.</remarks>
internal sealed class RandomStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;
    private double? _spare;

    public RandomStream(ulong seed) => _state = seed;

    /// <summary>The stream of one suite of a scenario: suites may run in any order, on any number of threads.</summary>
    public static RandomStream Of(ulong seed, string scenario, int suite)
    {
        // FNV-1a over the name, then one mixing step: neighbouring suites get unrelated states.
        ulong hash = 14695981039346656037 ^ seed;
        foreach (char c in scenario) hash = (hash ^ c) * 1099511628211;
        return new RandomStream(Mixed(hash + Golden * (ulong)(uint)suite));
    }

    public ulong Next() => Mixed(_state += Golden);

    /// <summary>In [0, 1), on 53 bits.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>In [0, bound).</summary>
    public int Next(int bound) => (int)(Uniform() * bound);

    public bool Coin() => (long)Next() < 0;

    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>Standard normal, by G. Marsaglia's polar method (SIAM Review 6, 1964).</summary>
    public double Normal()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }
        double x, y, square;
        do
        {
            (x, y) = (2 * Uniform() - 1, 2 * Uniform() - 1);
            square = x * x + y * y;
        }
        while (square >= 1 || square == 0);
        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * factor;
        return x * factor;
    }

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
