using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The machine, the build, the model and the settings of a run, as names and values.</summary>
public static class RunFacts
{
    private const string Unknown = "unknown";

    public static IReadOnlyList<Fact> Host(Receipt receipt)
    {
        HostDescription host = receipt.Host;
        CpuDescription cpu = host.Cpu;
        if (receipt.Source is not null)
            return [new("host key", receipt.HostKey), .. Told(host)];
        // Without a source an imported receipt describes the machine that imported it.
        if (receipt.Origin != ReceiptOrigin.Measured && receipt.HostKey != HostKey.From(host, receipt.Build.Runtime))
            return [new("host key", receipt.HostKey), new("machine", "not known: the receipt was imported on another")];
        return
        [
            new("host key", receipt.HostKey),
            new("processor", Join(cpu.Vendor, cpu.Name, Numbers(cpu))),
            new("cores", $"{Text(cpu.PhysicalCores)} physical, {Text(cpu.LogicalCores)} logical used, {Text(cpu.Sockets)} sockets, NUMA nodes {Text(host.NumaNodes)}"),
            new("caches", cpu.Caches.Count == 0 ? Unknown : string.Join(", ", cpu.Caches.Select(Cache))),
            new("instruction sets", $"{cpu.IsaLevel} ({string.Join(' ', cpu.Isa)})"),
            new("nominal clock", cpu.NominalMegahertz is { } mhz ? FormattableString.Invariant($"{mhz:0} MHz") : Unknown),
            new("memory", host.MemoryBytes is { } bytes ? Binary(bytes) : Unknown),
            new("pages", $"{(host.PageBytes is { } page ? Binary(page) : Unknown)}, transparent huge pages {Text(host.TransparentHugePages)}"),
            new("system", Join(host.OperatingSystem, host.Kernel, host.Architecture)),
            new("virtualisation", $"{Text(host.Virtualization)}, container {Text(host.Container)}"),
            new("governor", $"{Text(host.Governor)}, turbo {(host.Turbo is { } turbo ? turbo ? "on" : "off" : Unknown)}"),
            new("limit of the container", host.CpuLimitCores is { } limit ? FormattableString.Invariant($"{limit:0.##} cores") : "none known"),
        ];
    }

    public static IReadOnlyList<Fact> Build(Receipt receipt)
    {
        BuildDescription build = receipt.Build;
        Fact program = new("program", FormattableString.Invariant($"{receipt.Generator.Name} {receipt.Generator.Version}, worker protocol {receipt.Generator.Protocol}"));
        if (receipt.Origin != ReceiptOrigin.Measured)
            return [.. receipt.Source is null ? [new("measured by", "another harness, of which nothing is known")] : Source(receipt), program with { Name = "imported by" }];
        string dirty = build.Dirty switch { true => ", with local changes", false => "", null => ", local changes unknown" };
        return
        [
            new("commit", build.Commit is null ? Unknown : build.Commit + dirty),
            new("configuration", $"{build.Configuration}, {build.RuntimeIdentifier}"),
            new("runtime", $"{build.Runtime}, SDK {Text(build.Sdk)}"),
            new("JIT", $"tiered compilation {OnOff(build.Jit.TieredCompilation)}, tiered PGO {OnOff(build.Jit.TieredPgo)}, ReadyToRun {OnOff(build.Jit.ReadyToRun)}"),
            new("JIT variables", Variables(build.Jit.Environment)),
            .. build.Compiler is { } compiler ? [new Fact("compiler", $"{compiler.Language} (Roslyn) {compiler.Version}, {compiler.Optimization}")] : Array.Empty<Fact>(),
            .. build.Command is { } command ? [new Fact("built by", FormattableString.Invariant($"{command.Text}{(command.Exact ? "" : " or like it")}, {command.Seconds:0} s"))] : Array.Empty<Fact>(),
            .. build.Binary is { } binary ? [new Fact("executable", $"{binary.Path}, {Figures.Value(binary.Bytes, "B")}, {ProgramFacts.Type(binary)}, {ProgramFacts.Symbols(binary)}")] : Array.Empty<Fact>(),
            program,
        ];
    }

    /// <summary>What measured figures of others, where they are published and what was said about them there; nothing for a run of this program.</summary>
    public static IReadOnlyList<Fact> Source(Receipt receipt)
    {
        if (receipt.Source is not { } source) return [];
        return
        [
            new("measured by", source.Harness),
            .. source.Citation is { } citation ? [new Fact("published", citation)] : Array.Empty<Fact>(),
            .. source.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => new Fact(fact.Key, fact.Value)),
        ];
    }

    public static IReadOnlyList<Fact> Model(Receipt receipt)
    {
        if (receipt.Model is not { } model) return [];
        ModelDimensions s = model.Shape;
        return
        [
            new("file", $"{model.Path ?? model.File}, {Figures.Value(model.Bytes, "B")}{(model.Synthetic ? ", synthetic weights" : "")}"),
            new("SHA-256", model.Sha256),
            new("architecture", Join(model.Architecture, model.Name)),
            new("weights", $"{model.Format}, head {model.HeadFormat}, {model.Parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters"),
            new("shape", FormattableString.Invariant(
                $"{s.Layers} layers, width {s.Embedding}, FFN {s.FeedForward}, {s.Heads}/{s.KeyValueHeads} heads of {s.HeadSize}, vocabulary {s.Vocabulary}, context {s.Context}")),
            .. model.Tokenizer is { } tokenizer ? [new Fact("tokenizer", FormattableString.Invariant($"{tokenizer.Kind}, {tokenizer.Vocabulary} tokens, {Figures.Value(tokenizer.Bytes, "B")}"))] : Array.Empty<Fact>(),
        ];
    }

    public static IReadOnlyList<Fact> Settings(Receipt receipt)
    {
        RunSettings settings = receipt.Settings;
        if (receipt.Origin != ReceiptOrigin.Measured)
            return [new("launches", FormattableString.Invariant($"{receipt.Launches.Count}")), new("all else", "another harness's, not known")];
        double wall = receipt.Launches.Sum(launch => launch.WallSeconds);
        double[] steal = [.. receipt.Launches.Select(launch => launch.StealShare).OfType<double>()];
        return
        [
            new("suite", receipt.Suite + (receipt.Filters.Count > 0 ? $", filtered by {string.Join(' ', receipt.Filters)}" : "")),
            new("launches", FormattableString.Invariant($"{LaunchCounts.Planned(receipt)}, {wall:0} s in all")),
            new("threads", string.Join(", ", settings.Threads)),
            new("kernels", FormattableString.Invariant($"{Counts(settings.KernelWarmups, settings.KernelIterations)} of {settings.KernelIterationMilliseconds} ms")),
            new("end to end", Counts(settings.EndToEndWarmups, settings.EndToEndIterations)),
            new("cold weights", settings.ColdBytes is { } cold ? $"rotating over {Binary(cold)}" : "none measured"),
            new("kernel", settings.ForcedKernel is { } forced ? $"forced: {forced}" : "chosen by the catalog"),
            new("affinity", Text(settings.AffinityPolicy)),
            new("time taken by other guests", steal.Length > 0 ? FormattableString.Invariant($"{steal.Average() * 100:0.0} % on average, {steal.Max() * 100:0.0} % in the worst launch") : Unknown),
            new("order seed", Text(settings.OrderSeed)),
            new("variables", Variables(settings.Environment)),
        ];
    }

    // Only what the other harness told: the rest is not in question here.
    private static IEnumerable<Fact> Told(HostDescription host)
    {
        yield return new("processor", Text(host.Cpu.Name));
        if (host.Cpu.PhysicalCores is not null || host.Cpu.LogicalCores > 0)
            yield return new("cores", $"{Text(host.Cpu.PhysicalCores)} physical, {(host.Cpu.LogicalCores > 0 ? Text(host.Cpu.LogicalCores) : Unknown)} logical");
        if (host.Cpu.Caches.Count > 0)
            yield return new("caches", string.Join(", ", host.Cpu.Caches.Select(Cache)));
        if (host.OperatingSystem is not null)
            yield return new("system", Join(host.OperatingSystem, host.Architecture == HostDescription.Unknown ? null : host.Architecture));
    }

    private static string Cache(CacheDescription cache) =>
        FormattableString.Invariant($"L{cache.Level} {cache.Kind} {Binary(cache.Bytes)}{(cache.Instances is { } n ? $" × {n}" : "")}");

    private static string? Numbers(CpuDescription cpu) => cpu.Family is null
        ? null
        : FormattableString.Invariant($"family {cpu.Family} model {Text(cpu.Model)} stepping {Text(cpu.Stepping)}");

    internal static string Binary(long bytes)
    {
        (long size, string unit) = bytes >= 1L << 30 ? (1L << 30, "GiB") : bytes >= 1 << 20 ? (1L << 20, "MiB") : bytes >= 1024 ? (1024, "KiB") : (1, "B");
        return ((double)bytes / size).ToString("0.##", CultureInfo.InvariantCulture) + $" {unit}";
    }

    private static string Counts(int warmups, int iterations) =>
        $"{Figures.Count(warmups, "warm-up", "warm-ups")} and {Figures.Count(iterations, "iteration", "iterations")}";

    private static string OnOff(bool on) => on ? "on" : "off";

    private static string Text(string? value) => string.IsNullOrEmpty(value) ? Unknown : value;

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? Unknown;

    private static string Join(params string?[] parts)
    {
        string joined = string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return joined.Length > 0 ? joined : Unknown;
    }

    private static string Variables(IReadOnlyDictionary<string, string> variables) => variables.Count == 0
        ? "none"
        : string.Join(' ', variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));
}
