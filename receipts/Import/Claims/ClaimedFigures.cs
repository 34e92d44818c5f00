using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Import.Claims;

/// <summary>Figures that somebody published about another engine: a document of schema claims/1, or what a timing summary in Markdown says. Members that
/// may be null may be left out.</summary>
public sealed record ClaimedFigures
{
    public const string CurrentSchema = "claims/1";

    public required string Schema { get; init; }

    /// <summary>Engine the figures are of, with its version where that is told.</summary>
    public required string Engine { get; init; }

    /// <summary>Where they are published.</summary>
    public required string Citation { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClaimedHost? Host { get; init; }

    /// <summary>Whatever else is told of build, model and settings, by name.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    public required IReadOnlyList<ClaimedWorkload> Workloads { get; init; }

    /// <summary>Where the published total is said to go; null where no breakdown is published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClaimedBreakdown? Breakdown { get; init; }
}

/// <summary>The machine as the publication names it.</summary>
public sealed record ClaimedHost
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Processor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PhysicalCores { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LogicalCores { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? System { get; init; }
}

public sealed record ClaimedWorkload
{
    /// <summary>A free name.</summary>
    public required string Id { get; init; }

    /// <summary>As in files of samples: ns, us, ms, s, tok/s, GB/s, GMAC/s, B.</summary>
    public required string Unit { get; init; }

    /// <summary>Raw values by process start; one start with one value where only a <see cref="Statistic"/> is published.</summary>
    public required IReadOnlyList<IReadOnlyList<decimal>> Runs { get; init; }

    /// <summary>What a figure is that stands for samples nobody published, e.g. "mean ± 0.02"; null where the runs are published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Statistic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Threads { get; init; }

    /// <summary>Of one operation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Tokens { get; init; }

    /// <summary>That one operation must read at least once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }
}

/// <summary>A published total and its parts.</summary>
public sealed record ClaimedBreakdown
{
    /// <summary>Of the total and of every part.</summary>
    public required string Unit { get; init; }

    public required ClaimedPart Total { get; init; }

    public required IReadOnlyList<ClaimedPart> Parts { get; init; }

    /// <summary>Tokens that the total is the time of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Tokens { get; init; }

    /// <summary>Throughput published beside the total.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? TokensPerSecond { get; init; }
}

/// <summary>A figure with the digits it was published in: they say how far it may be rounded.</summary>
public sealed record ClaimedPart
{
    public required string Name { get; init; }

    public required decimal Value { get; init; }

    /// <summary>Share of the total.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Percent { get; init; }

    /// <summary>Id of the workload that has its raw runs; null where they are not published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Workload { get; init; }
}
