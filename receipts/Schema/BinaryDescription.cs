namespace BitNet.Perf.Receipts.Schema;

/// <summary>The files of the program that measured, as they lay on the disk then; read from the files themselves.</summary>
public sealed record BinaryDescription
{
    /// <summary>The executable from the root of the checkout it lies in, e.g. "cli/bin/Release/net10.0/bitnet-perf"; its name alone where it lies in none.</summary>
    public required string Path { get; init; }
    public required long Bytes { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>elf, pe or mach-o by the file's header; null for any other.</summary>
    public string? Format { get; init; }

    /// <summary>32 or 64.</summary>
    public int? Bits { get; init; }

    /// <summary>x86-64, x86, arm64 or arm; null for any other.</summary>
    public string? Machine { get; init; }

    /// <summary>Whether it may be loaded at any address (ELF: PIE).</summary>
    public bool? PositionIndependent { get; init; }

    /// <summary>Whether it has no table of symbols; null where the format keeps them elsewhere.</summary>
    public bool? Stripped { get; init; }

    public required Deployment Deployment { get; init; }

    /// <summary>Our managed assemblies that run while a workload is measured; none where they lie within the executable.</summary>
    public required IReadOnlyList<AssemblyDescription> Assemblies { get; init; }

    /// <summary>What the program's own configuration says to the runtime about compiling and collecting, by name; the worker's variables
    /// (<see cref="JitSettings.Environment"/>) overrule it.</summary>
    public required IReadOnlyDictionary<string, string> RuntimeOptions { get; init; }
}

/// <summary>How the runtime comes to the program.</summary>
public enum Deployment
{
    /// <summary>An executable or `dotnet` that finds an installed runtime.</summary>
    FrameworkDependent,

    /// <summary>The runtime lies beside the program.</summary>
    SelfContained,

    /// <summary>The assemblies lie within the executable.</summary>
    SingleFile,

    /// <summary>Compiled ahead of time; there are no assemblies.</summary>
    NativeAot,
}

/// <param name="File">Name without folders.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="ReadyToRun">Whether it holds machine code beside its IL, by its header.</param>
public sealed record AssemblyDescription(string File, long Bytes, string Sha256, bool ReadyToRun);

/// <summary>The compiler as it left its name and settings in the symbols of the engine's assembly.</summary>
/// <param name="Language">C#.</param>
/// <param name="Version">With the commit it was built from.</param>
/// <param name="Optimization">release or debug.</param>
/// <param name="Platform">What the IL is for, e.g. AnyCpu; the machine code is made when it runs.</param>
public sealed record CompilerDescription(string Language, string Version, string Optimization, string? Platform);

/// <summary>The last build that compiled any of this program's assemblies; one that found nothing to compile leaves it as it was.</summary>
/// <param name="Text">The command, its paths from the root of the checkout, other folders and what a `dotnet run` gives to the program left out.</param>
/// <param name="Exact">Whether it is the command as it was given; false where the build ran in a helping process that does not know it, and the command is one with the
/// same configuration and project.</param>
/// <param name="StartedUtc">When the build had restored packages and looked at the program's project.</param>
/// <param name="Seconds">From there until the program's files were in place.</param>
/// <param name="WarningsAsErrors">Whether a warning of the compiler would have failed it.</param>
public sealed record BuildCommand(string Text, bool Exact, DateTimeOffset StartedUtc, double Seconds, bool WarningsAsErrors);
