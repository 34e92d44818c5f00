using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

internal static class MachineBreakages
{
    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("host key of another host", "host-key", "$.hostKey", r => r with { HostKey = r.HostKey.Replace("epyc", "xeon", StringComparison.Ordinal) }),
        new("runtime of another major version", "host-key", "$.hostKey", r => Build(r, b => b with { Runtime = ".NET 11.0.0" })),
        new("more cores than the key says", "host-key", "$.hostKey", r => Cpu(r, c => c with { LogicalCores = 4 }, cpuLimit: null)),
        new("a smaller limit of cores", "host-key", "$.hostKey", r => Cpu(r, c => c, cpuLimit: 0.5)),
        new("unknown platform", "host", "$.host.platform", r => Keyed(r with { Host = r.Host with { Platform = "beos" } })),
        new("unknown architecture", "host", "$.host.architecture", r => r with { Host = r.Host with { Architecture = "z80" }, Build = r.Build with { RuntimeIdentifier = "linux-z80" } }),
        new("negative memory", "host", "$.host.memoryBytes", r => Keyed(r with { Host = r.Host with { MemoryBytes = -1 } })),
        new("odd page size", "host", "$.host.pageBytes", r => r with { Host = r.Host with { PageBytes = 5000 } }),
        new("negative family", "host", "$.host.cpu.family", r => Keyed(Cpu(r, c => c with { Family = -1 }))),
        new("no clock", "host", "$.host.cpu.nominalMegahertz", r => Cpu(r, c => c with { NominalMegahertz = 0 })),
        new("level without its instruction set", "isa", "$.host.cpu.isaLevel", r => Cpu(r, c => c with { Isa = ["avx2"] })),
        new("unknown level", "isa", "$.host.cpu.isaLevel", r => Keyed(Cpu(r, c => c with { IsaLevel = "mmx" }))),
        new("cache of no kind", "cache", "$.host.cpu.caches[0]", r => Cpu(r, c => c with { Caches = [new(1, "warm", 32768, 2)] })),
        new("cache of level 9", "cache", "$.host.cpu.caches[0]", r => Cpu(r, c => c with { Caches = [new(9, "data", 32768, 2)] })),
        new("short commit", "commit", "$.build.commit", r => Build(r, b => b with { Commit = "0123abc" })),
        new("commit in capitals", "commit", "$.build.commit", r => Build(r, b => b with { Commit = new string('A', 40) })),
        new("dirty without a commit", "commit", "$.build.dirty", r => Build(r, b => b with { Commit = null })),
        new("commit without dirty", "commit", "$.build.dirty", r => Build(r, b => b with { Dirty = null })),
        new("runtime in other words", "runtime", "$.build.runtime", r => Keyed(Build(r, b => b with { Runtime = "mono" }))),
        new("extra work without a warning", "extra-work", "$.warnings", r => Build(r, b => b with { ExtraKernelWork = 5 })),
        new("unknown configuration", "configuration", "$.build.configuration", r => Build(r, b => b with { Configuration = "Fast" })),
        new("identifier of another platform", "runtime-identifier", "$.build.runtimeIdentifier", r => Build(r, b => b with { RuntimeIdentifier = "win-x64" })),
        new("variable not of the runtime", "jit", "$.build.jit.environment",
            r => Build(r, b => b with { Jit = b.Jit with { Environment = new SortedDictionary<string, string> { ["HOME"] = "1" } } })),
        new("no model", "model", "$.model", r => r with { Model = null }),
        new("model digest too short", "sha256", "$.model.sha256", r => Model(r, m => m with { Sha256 = "abc" })),
        new("model in a folder", "path", "$.model.file", r => Model(r, m => m with { File = "models/a.gguf" })),
        new("negative layers", "shape", "$.model.shape", r => Model(r, m => m with { Shape = m.Shape with { Layers = -30 } })),
        new("heads that do not share evenly", "shape", "$.model.shape.keyValueHeads", r => Model(r, m => m with { Shape = m.Shape with { KeyValueHeads = 6 }, Parameters = 2_432_481_280 })),
        new("parameters of another shape", "parameters", "$.model.parameters", r => Model(r, m => m with { Parameters = m.Parameters * 11 / 10 })),
        new("file too small for its parameters", "model", "$.model.bytes", r => Model(r, m => m with { Bytes = 400_000_000 })),
    ];

    private static Receipt Keyed(Receipt receipt) => receipt with { HostKey = HostKey.From(receipt.Host, receipt.Build.Runtime) };

    private static Receipt Build(Receipt receipt, Func<BuildDescription, BuildDescription> change) => receipt with { Build = change(receipt.Build) };

    private static Receipt Model(Receipt receipt, Func<ModelDescription, ModelDescription> change) => receipt with { Model = change(receipt.Model!) };

    private static Receipt Cpu(Receipt receipt, Func<CpuDescription, CpuDescription> change, double? cpuLimit = 2.5) =>
        receipt with { Host = receipt.Host with { Cpu = change(receipt.Host.Cpu), CpuLimitCores = cpuLimit } };
}
