using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>The machine that measured, as far as a file of another harness tells.</summary>
public sealed record ToldHost
{
    public string? Processor { get; init; }
    public int? Sockets { get; init; }
    public int? PhysicalCores { get; init; }
    public int? LogicalCores { get; init; }
    public string? System { get; init; }

    /// <summary>linux, windows or macos.</summary>
    public string? Platform { get; init; }

    /// <summary>x64 or arm64.</summary>
    public string? Architecture { get; init; }

    public IReadOnlyList<CacheDescription> Caches { get; init; } = [];

    /// <summary>As receipts hold it: 0 logical cores are not known.</summary>
    public HostDescription Describe() => new()
    {
        Cpu = new CpuDescription
        {
            Name = Processor,
            Sockets = Sockets,
            PhysicalCores = PhysicalCores,
            LogicalCores = LogicalCores ?? 0,
            Caches = Caches,
            Isa = [],
            IsaLevel = HostDescription.Unknown,
        },
        OperatingSystem = System,
        Platform = Platform ?? HostDescription.Unknown,
        Architecture = Architecture ?? HostDescription.Unknown,
    };

    public override string ToString() => string.Join(", ", new[]
    {
        Processor, System, Architecture, LogicalCores is int cores ? FormattableString.Invariant($"{cores} logical cores") : null,
    }.OfType<string>());

    // A list is compared by its items.
    public bool Equals(ToldHost? other) => other is not null
        && (Processor, Sockets, PhysicalCores, LogicalCores, System, Platform, Architecture) == (other.Processor, other.Sockets, other.PhysicalCores, other.LogicalCores, other.System, other.Platform, other.Architecture)
        && Caches.SequenceEqual(other.Caches);

    public override int GetHashCode() => HashCode.Combine(Processor, PhysicalCores, LogicalCores, System, Caches.Count);
}
