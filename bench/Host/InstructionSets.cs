using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Perf.Bench.Host;

/// <summary>Instruction sets that the runtime lets code use: what decides the machine code, unlike the processor's flags,
/// since the runtime's own settings (DOTNET_EnableAVX512=0 and others) take some away.</summary>
public static class InstructionSets
{
    public static IReadOnlyList<string> Supported { get; } =
    [
        .. new (string Name, bool Supported)[]
        {
            ("sse2", Sse2.IsSupported), ("ssse3", Ssse3.IsSupported), ("sse4.2", Sse42.IsSupported), ("avx", Avx.IsSupported), ("avx2", Avx2.IsSupported),
            ("fma", Fma.IsSupported), ("bmi2", Bmi2.IsSupported), ("popcnt", Popcnt.IsSupported), ("avxvnni", AvxVnni.IsSupported), ("gfni", Gfni.IsSupported),
            ("avx512f", Avx512F.IsSupported), ("avx512bw", Avx512BW.IsSupported), ("avx512cd", Avx512CD.IsSupported), ("avx512dq", Avx512DQ.IsSupported),
            ("avx512vl", Avx512F.VL.IsSupported), ("avx512vbmi", Avx512Vbmi.IsSupported), ("avx512vbmi2", Avx512Vbmi2.IsSupported),
            ("avx10.1", Avx10v1.IsSupported), ("avx10.2", Avx10v2.IsSupported),
            ("neon", AdvSimd.IsSupported), ("dotprod", Dp.IsSupported), ("rdm", Rdm.IsSupported),
        }.Where(i => i.Supported).Select(i => i.Name),
    ];

    /// <summary>scalar, vector128, avx2 or avx512: the levels the kernels are written for.</summary>
    public static string Level { get; } =
        Avx512BW.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : Vector128.IsHardwareAccelerated ? "vector128" : "scalar";
}
