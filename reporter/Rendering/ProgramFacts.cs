using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The program's files, its compiler and its build, as names and values.</summary>
internal static class ProgramFacts
{
    private const string Unknown = BuildSummary.NotKnown;

    /// <summary>As file(1) says it: "ELF 64-bit pie executable, x86-64".</summary>
    public static string Type(BinaryDescription binary)
    {
        if (binary.Format is null) return Unknown;
        string kind = binary switch { { Format: "elf", PositionIndependent: true } => "pie executable", _ => "executable" };
        string[] parts = [binary.Format switch { "elf" => "ELF", "pe" => "PE", _ => "Mach-O" }, binary.Bits is { } bits ? FormattableString.Invariant($"{bits}-bit {kind}") : kind];
        return $"{string.Join(' ', parts)}, {binary.Machine ?? "machine not known"}";
    }

    public static string Symbols(BinaryDescription binary) => binary.Stripped switch
    {
        true => "stripped",
        false => "not stripped",
        null => Unknown,
    };

    public static IReadOnlyList<Fact> Binary(BinaryDescription? binary) => binary is null ? [] :
    [
        new("Deployment", Deployed(binary)),
        new("SHA-256", binary.Sha256),
        .. binary.Assemblies.Select(assembly => new Fact(assembly.File, $"{Figures.Value(assembly.Bytes, "B")}, {(assembly.ReadyToRun ? "ReadyToRun" : "IL only")}, SHA-256 {assembly.Sha256}")),
    ];

    public static IReadOnlyList<Fact> Compiler(BuildDescription? build) =>
    [
        new("Compiler", build?.Compiler is { } compiler ? $"{compiler.Language} (Roslyn) {compiler.Version}" : Unknown),
        new("SDK", build?.Sdk ?? Unknown),
        new("Runtime", build is null ? Unknown : $"{build.Runtime}, {build.RuntimeIdentifier}"),
        new("Optimization Level", build is null ? Unknown : $"{build.Configuration}{(build.Compiler is { } made ? $", compiler's: {made.Optimization}" : "")}"),
        new("Target CPU", Target(build)),
        new("JIT while measuring", build is null ? Unknown : Jit(build.Jit)),
        new("JIT variables", build is null ? Unknown : Named(build.Jit.Environment)),
        new("Runtime options of the program", build?.Binary is { } binary ? Named(binary.RuntimeOptions) : Unknown),
        new("Source", build?.Commit is { } commit ? $"commit {commit}{build.Dirty switch { true => ", with local changes", false => ", no local changes", null => "" }}" : Unknown),
    ];

    public static string Jit(JitSettings jit) =>
        $"tiered compilation {OnOff(jit.TieredCompilation)}, tiered PGO {OnOff(jit.TieredPgo)}, ReadyToRun code {(jit.ReadyToRun ? "used" : "not used")}";

    public static string Named(IReadOnlyDictionary<string, string> values) => values.Count == 0
        ? "none"
        : string.Join(' ', values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}"));

    // Code that is made where it runs is made for that very processor.
    private static string Target(BuildDescription? build) => build switch
    {
        null => Unknown,
        { Binary.Deployment: Deployment.NativeAot } => $"{build.RuntimeIdentifier}, compiled ahead of time",
        { Jit.ReadyToRun: false } => $"native: compiled when it runs, for this processor{Platform(build)}",
        { Binary: { } binary } when binary.Assemblies.All(assembly => !assembly.ReadyToRun) => $"native: compiled when it runs, for this processor{Platform(build)}",
        { Binary: null } => Unknown,
        _ => $"{build.RuntimeIdentifier}, compiled ahead of time; what runs often again for this processor",
    };

    private static string Platform(BuildDescription build) => build.Compiler?.Platform is { } platform ? $" ({platform} IL)" : "";

    private static string Deployed(BinaryDescription binary) => binary.Deployment switch
    {
        Deployment.FrameworkDependent => "framework-dependent: an executable that starts an installed runtime",
        Deployment.SelfContained => "self-contained: the runtime lies beside it",
        Deployment.SingleFile => "single file: the assemblies lie within it",
        _ => "NativeAOT: machine code, no assemblies",
    };

    private static string OnOff(bool on) => on ? "on" : "off";
}
