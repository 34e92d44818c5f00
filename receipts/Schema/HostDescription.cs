namespace BitNet.Perf.Receipts.Schema;

/// <summary>The machine as the measuring process saw it.</summary>
public sealed record HostDescription
{
    /// <summary>Platform, architecture and ISA level of a machine that another harness measured on and did not tell; never in a measured receipt.</summary>
    public const string Unknown = "unknown";

    public required CpuDescription Cpu { get; init; }

    /// <summary>Operating system's own name, e.g. "Debian GNU/Linux 12 (bookworm)".</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>linux, windows or macos.</summary>
    public required string Platform { get; init; }

    public string? Kernel { get; init; }

    /// <summary>x64 or arm64.</summary>
    public required string Architecture { get; init; }

    /// <summary>kvm, wsl2, hyper-v, vmware, … ; "none" only where that was found out.</summary>
    public string? Virtualization { get; init; }

    /// <summary>docker, podman, kubernetes, … ; "none" only where that was found out.</summary>
    public string? Container { get; init; }

    public long? MemoryBytes { get; init; }

    public long? PageBytes { get; init; }

    /// <summary>always, madvise or never.</summary>
    public string? TransparentHugePages { get; init; }

    public string? Governor { get; init; }

    public bool? Turbo { get; init; }

    public int? NumaNodes { get; init; }

    /// <summary>CPU time limit of the container in cores; null when there is none or it is unknown.</summary>
    public double? CpuLimitCores { get; init; }
}

public sealed record CpuDescription
{
    /// <summary>e.g. AuthenticAMD, GenuineIntel, ARM.</summary>
    public string? Vendor { get; init; }
    public string? Name { get; init; }
    public int? Family { get; init; }
    public int? Model { get; init; }
    public int? Stepping { get; init; }
    public int? Sockets { get; init; }
    public int? PhysicalCores { get; init; }

    /// <summary>Logical processors this process may use.</summary>
    public required int LogicalCores { get; init; }

    public int? ThreadsPerCore { get; init; }

    public required IReadOnlyList<CacheDescription> Caches { get; init; }

    /// <summary>Instruction sets the runtime may use, e.g. avx2, fma, avx512f, avx512bw, avx512vbmi.</summary>
    public required IReadOnlyList<string> Isa { get; init; }

    /// <summary>Best level any kernel can use here: scalar, vector128, avx2 or avx512.</summary>
    public required string IsaLevel { get; init; }

    public double? NominalMegahertz { get; init; }
}

/// <param name="Level">1, 2 or 3.</param>
/// <param name="Kind">data, instruction or unified.</param>
/// <param name="Bytes">Size of one instance.</param>
/// <param name="Instances">How many of them the machine has; null when unknown.</param>
public sealed record CacheDescription(int Level, string Kind, long Bytes, int? Instances);
