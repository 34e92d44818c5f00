namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The two logarithmic axes of a roofline: they hold every point, every roof's corner and some room.</summary>
internal sealed record RooflineAxes(double LeastIntensity, double MostIntensity, double LeastRate, double MostRate)
{
    private const int MostTicks = 14;

    public static RooflineAxes Of(IReadOnlyList<Roof> roofs, IReadOnlyList<RooflinePoint> points)
    {
        double least = PowerOfTwo(points.Min(point => point.Intensity) / 1.5, up: false), most = PowerOfTwo(points.Max(point => point.Intensity) * 1.5, up: true);
        double[] rates =
        [
            .. points.Select(point => point.Rate), .. roofs.Select(roof => roof.MultiplyAdds).OfType<double>(),
            .. roofs.Select(roof => roof.Bandwidth * least).OfType<double>(),
        ];
        return new RooflineAxes(least, most, rates.Min() / 1.4, rates.Max() * 1.4);
    }

    /// <summary>Powers of two; every other one, and so on, where there are too many.</summary>
    public IReadOnlyList<double> IntensityTicks
    {
        get
        {
            int first = (int)Math.Round(Math.Log2(LeastIntensity)), last = (int)Math.Round(Math.Log2(MostIntensity));
            int step = (last - first) / MostTicks + 1;
            return [.. Enumerable.Range(0, (last - first) / step + 1).Select(i => Math.Pow(2, first + i * step))];
        }
    }

    /// <summary>1, 2 and 5 times powers of ten; powers alone where there are too many.</summary>
    public IReadOnlyList<double> RateTicks
    {
        get
        {
            int first = (int)Math.Floor(Math.Log10(LeastRate)), last = (int)Math.Ceiling(Math.Log10(MostRate));
            double[] mantissas = 3 * (last - first) > MostTicks + 4 ? [1] : [1, 2, 5];
            return [.. Enumerable.Range(first, last - first + 1).SelectMany(power => mantissas.Select(mantissa => mantissa * Math.Pow(10, power))).Where(tick => tick >= LeastRate && tick <= MostRate)];
        }
    }

    /// <summary>0 at the left end, 1 at the right.</summary>
    public double Across(double intensity) => Math.Log(intensity / LeastIntensity) / Math.Log(MostIntensity / LeastIntensity);

    /// <summary>0 at the bottom, 1 at the top.</summary>
    public double Up(double rate) => Math.Log(rate / LeastRate) / Math.Log(MostRate / LeastRate);

    private static double PowerOfTwo(double value, bool up) => Math.Pow(2, up ? Math.Ceiling(Math.Log2(value)) : Math.Floor(Math.Log2(value)));
}
