namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>How much a finding speaks against measuring here.</summary>
public enum Severity
{
    /// <summary>Figures measured so are wrong, or far noisier than they need be.</summary>
    Disturbs,

    /// <summary>It depends on what else happens.</summary>
    MayDisturb,

    /// <summary>The system does not tell. Never the same as fine.</summary>
    Unknown,

    Fine,
}

/// <summary>One thing that was looked for on this host.</summary>
/// <param name="Code">Stable kebab-case name of what was looked for; docs/doctor.md lists them.</param>
/// <param name="Found">What is there, with its figure.</param>
/// <param name="Cost">What it does to measurements; null where it is fine. A figure in it was read or measured here.</param>
/// <param name="Mend">A command, or what to do; null where there is nothing to mend or nothing one can do from here.</param>
public sealed record HostFinding(string Code, Severity Severity, string Found, string? Cost = null, string? Mend = null)
{
    public static HostFinding Fine(string code, string found) => new(code, Severity.Fine, found);

    /// <param name="found">What could not be read, and where it was looked for.</param>
    /// <param name="cost">What it would do if it were so.</param>
    public static HostFinding Unknown(string code, string found, string cost, string? mend = null) => new(code, Severity.Unknown, found, cost, mend);
}
