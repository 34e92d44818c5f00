namespace BitNet.Perf.Simulations.Noise;

/// <summary>First-order autoregression, xₜ = ρ·xₜ₋₁ + √(1 − ρ²)·shockₜ: stationary with the shocks' own variance.</summary>
internal sealed class Autoregression(double correlation, double start)
{
    private readonly double _innovation = Math.Sqrt(1 - correlation * correlation);
    private double _value = start;

    public double Next(double shock) => _value = correlation == 0 ? shock : correlation * _value + _innovation * shock;
}
