using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

internal static class MachineCodeBreakages
{
    private const string Rule = "machine-code";
    private const string Dots = "BitNet.Engine.Kernels.I2SAvx512Kernel+Rows:Dots(ptr,long,ptr,int)";
    private const string Loop = "BitNet.Perf.Bench.Workloads.Probes.ControlKernel:Loop(ulong,int):ulong";

    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("machine code of no method", Rule, "$.methods", r => r with { Methods = [] }),
        new("methods out of order", Rule, "$.methods[1].name", r => Sound(r) is var s ? s with { Methods = [.. s.Methods!.Reverse()] } : s),
        new("a method that no workload runs through", Rule, "$.methods[1].name", r => Sound(r).With(SyntheticReceipt.Control, w => w with { MachineCode = null })),
        new("a method without a class", Rule, "$.methods[1].name", r => Renamed(r, Loop, "Loop")),
        new("a method's digest malformed", "sha256", "$.methods[1].digest", r => Recoded(r, Loop, m => m with { Digest = "sha256:12" })),
        new("more bytes than the longest instructions have", Rule, "$.methods[1].bytes", r => Recoded(r, Loop, m => m with { Bytes = 4096 })),
        new("fewer bytes than instructions", Rule, "$.methods[1].bytes", r => Recoded(r, Loop, m => m with { Bytes = 19 })),
        new("a method without instructions", Rule, "$.methods[1].counts.instructions", r => Recoded(r, Loop, m => m with { Bytes = 0, HotLoop = null, Counts = Scalar(0, 0) })),
        new("a loop that is larger than its method", Rule, "$.methods[1].hotLoop.instructions", r => Recoded(r, Loop, m => m with { HotLoop = Scalar(21, 1) })),
        new("a loop that does not jump back", Rule, "$.methods[1].hotLoop.branches", r => Recoded(r, Loop, m => m with { HotLoop = Scalar(12, 0) })),
        new("fewer than no loads", Rule, "$.methods[0].counts.loads", r => Recoded(r, Dots, m => m with { HotLoop = null, Counts = m.Counts with { Loads = -1 } })),
        new("more vector instructions than instructions", Rule, "$.methods[0].counts", r => Recoded(r, Dots, m => m with { Counts = m.Counts with { Ymm = 200 } })),
        new("more spills than stores", Rule, "$.methods[0].hotLoop.spills", r => Recoded(r, Dots, m => m with { HotLoop = m.HotLoop! with { Spills = 1 } })),
        new("more reloads than loads", Rule, "$.methods[0].hotLoop.reloads", r => Recoded(r, Dots, m => m with { HotLoop = m.HotLoop! with { Reloads = 10 }, Counts = m.Counts with { Reloads = 10 } })),
        new("a multiply-add that is none", Rule, "$.methods[0].hotLoop.multiplyAdds[0]",
            r => Recoded(r, Dots, m => m with { HotLoop = m.HotLoop! with { MultiplyAdds = [new("vpaddw", 512, 16)] }, Counts = m.Counts with { MultiplyAdds = [new("vpaddw", 512, 16)] } })),
        new("multiply-adds out of order", Rule, "$.methods[0].counts.multiplyAdds[1]", r => Recoded(r, Dots, m => m with { Counts = m.Counts with { MultiplyAdds = [.. m.Counts.MultiplyAdds.Reverse()] } })),
        new("more multiply-adds than vector instructions", Rule, "$.methods[0].counts.multiplyAdds",
            r => Recoded(r, Dots, m => m with { Counts = m.Counts with { MultiplyAdds = [new("vpmaddubsw", 512, 109)] } })),
        new("more multiply-adds in the loop than in the method", Rule, "$.methods[0].hotLoop.multiplyAdds",
            r => Recoded(r, Dots, m => m with { HotLoop = m.HotLoop! with { MultiplyAdds = [new("vpmaddubsw", 512, 17)] } })),
        new("machine code of an end-to-end workload", Rule, "$.workloads[2].machineCode", r => Sound(r) is var s ? s.With(SyntheticReceipt.Decode, w => w with { MachineCode = s.Workloads[0].MachineCode }) : s),
        new("a workload that runs through nothing", Rule, "$.workloads[0].machineCode.methods", r => Sound(r).With(SyntheticReceipt.Gemv, w => w with { MachineCode = MachineCode.Of([]) })),
        new("a method that was not listed", Rule, "$.workloads[0].machineCode.methods",
            r => Sound(r).With(SyntheticReceipt.Gemv, w => w with { MachineCode = w.MachineCode! with { Methods = [.. w.MachineCode.Methods, "Other:Run()"] } })),
        new("a workload's digest that its methods do not give", Rule, "$.workloads[0].machineCode.digest", r => Sound(r).With(SyntheticReceipt.Gemv, w => w with { MachineCode = w.MachineCode! with { Digest = "sha256:" + new string('9', 64) } })),
        new("another hot method than the one with the hottest loop", Rule, "$.workloads[4].machineCode.hotMethod", r => Sound(r).With(SyntheticReceipt.Control, w => w with { MachineCode = w.MachineCode! with { HotMethod = null } })),
    ];

    /// <summary>With the code of one product and of the control kernel, as a listing once showed them.</summary>
    public static Receipt Sound(Receipt receipt)
    {
        InstructionCounts dots = Scalar(253, 12) with { Zmm = 108, Ymm = 21, Xmm = 12, Loads = 24, Stores = 9, Prefetches = 4, Calls = 4, Spills = 7, Reloads = 4, MultiplyAdds = [new("vpmaddubsw", 512, 16), new("vpmaddwd", 512, 12)] };
        InstructionCounts loop = Scalar(80, 2) with { Zmm = 60, Loads = 9, Prefetches = 4, MultiplyAdds = [new("vpmaddubsw", 512, 16)] };
        MethodCode product = new() { Name = Dots, Bytes = 1078, Counts = dots, HotLoop = loop, Digest = "sha256:" + new string('d', 64) };
        MethodCode control = new() { Name = Loop, Bytes = 64, Counts = Scalar(20, 2), HotLoop = Scalar(12, 1), Digest = "sha256:" + new string('e', 64) };
        return (receipt with { Methods = [product, control] })
            .With(SyntheticReceipt.Gemv, w => w with { MachineCode = MachineCode.Of([product]) })
            .With(SyntheticReceipt.Control, w => w with { MachineCode = MachineCode.Of([control]) });
    }

    public static InstructionCounts Scalar(int instructions, int branches) => new()
    {
        Instructions = instructions,
        Zmm = 0,
        Ymm = 0,
        Xmm = 0,
        Loads = 0,
        Stores = 0,
        Prefetches = 0,
        Branches = branches,
        Calls = 0,
        Spills = 0,
        Reloads = 0,
        MultiplyAdds = [],
    };

    /// <summary>A method changed, and what workloads say of it with it.</summary>
    private static Receipt Recoded(Receipt receipt, string name, Func<MethodCode, MethodCode> change) => Consistent(Sound(receipt), method => method.Name == name ? change(method) : method);

    private static Receipt Renamed(Receipt receipt, string name, string other) => Consistent(Sound(receipt), method => method.Name == name ? method with { Name = other } : method);

    private static Receipt Consistent(Receipt receipt, Func<MethodCode, MethodCode> change)
    {
        Dictionary<string, MethodCode> changed = receipt.Methods!.ToDictionary(method => method.Name, change);
        return receipt with
        {
            Methods = [.. receipt.Methods!.Select(change)],
            Workloads = [.. receipt.Workloads.Select(w => w.MachineCode is { } code ? w with { MachineCode = MachineCode.Of([.. code.Methods.Select(name => changed[name])]) } : w)],
        };
    }
}
