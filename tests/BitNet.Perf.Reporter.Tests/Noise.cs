namespace BitNet.Perf.Reporter.Tests;

/// <summary>Seeded random numbers: a test gives the same result on every machine.</summary>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);

    public double Uniform() => _random.NextDouble();

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public double[] Normals(int n) => [.. Enumerable.Range(0, n).Select(_ => Normal())];

    /// <summary>χ²_ν ÷ ν.</summary>
    public double ScaledChiSquare(int degreesOfFreedom) => Normals(degreesOfFreedom).Sum(z => z * z) / degreesOfFreedom;
}
