namespace BitNet.Perf.Receipts.Schema;

/// <summary>A unit that values are kept in, with what it measures and which direction is better.</summary>
public sealed record Unit
{
    private Unit(string name, Metric metric, Better better) => (Name, Metric, Better) = (name, metric, better);

    /// <summary>Nanoseconds per operation.</summary>
    public static Unit Nanoseconds { get; } = new("ns", Metric.Time, Better.Lower);

    /// <summary>Tokens per second.</summary>
    public static Unit TokensPerSecond { get; } = new("tok/s", Metric.Rate, Better.Higher);

    /// <summary>10⁹ bytes per second.</summary>
    public static Unit GigabytesPerSecond { get; } = new("GB/s", Metric.Rate, Better.Higher);

    /// <summary>10⁹ multiply-adds per second.</summary>
    public static Unit GigaMultiplyAddsPerSecond { get; } = new("GMAC/s", Metric.Rate, Better.Higher);

    /// <summary>Bytes per operation.</summary>
    public static Unit Bytes { get; } = new("B", Metric.Size, Better.Lower);

    /// <summary>Every unit a receipt may hold.</summary>
    public static IReadOnlyList<Unit> All { get; } = [Nanoseconds, TokensPerSecond, GigabytesPerSecond, GigaMultiplyAddsPerSecond, Bytes];

    /// <summary>Names taken on import, which are kept in another unit: name, unit, factor to that unit.</summary>
    private static readonly (string Name, Unit Unit, double Factor)[] Imported =
        [("us", Nanoseconds, 1e3), ("ms", Nanoseconds, 1e6), ("s", Nanoseconds, 1e9)];

    /// <summary>Every name that <see cref="TryParse"/> takes, for messages.</summary>
    public static string Names { get; } = string.Join(", ", ["ns", .. Imported.Select(unit => unit.Name), .. All.Skip(1).Select(unit => unit.Name)]);

    public string Name { get; }
    public Metric Metric { get; }
    public Better Better { get; }

    /// <summary>The unit of a receipt by its exact name; null when there is none of that name.</summary>
    public static Unit? Find(string name) => All.FirstOrDefault(unit => unit.Name == name);

    /// <summary>A unit of a file of samples: a value in it times <paramref name="factor"/> is a value in <paramref name="unit"/>.</summary>
    public static bool TryParse(string name, out Unit unit, out double factor)
    {
        foreach ((string imported, Unit kept, double scale) in Imported)
        {
            if (imported == name)
            {
                (unit, factor) = (kept, scale);
                return true;
            }
        }
        unit = Find(name) ?? Nanoseconds;
        factor = 1;
        return unit.Name == name;
    }

    public override string ToString() => Name;
}
