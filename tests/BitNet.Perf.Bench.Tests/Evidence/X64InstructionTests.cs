using BitNet.Perf.Bench.Evidence;

namespace BitNet.Perf.Bench.Tests.Evidence;

public class X64InstructionTests
{
    [Theory]
    [InlineData("vmovups  zmm18, zmmword ptr [r8]", "512 load")]
    [InlineData("vmovups  zmmword ptr [rbx+4*rsi], zmm5", "512 store")]
    [InlineData("vmovups  ymmword ptr [rbp-0x50], ymm0", "256 store spill")]
    [InlineData("vmovups  xmm0, xmmword ptr [rsp+0x20]", "128 load reload")]
    [InlineData("vpaddd   xmm0, xmm0, xmmword ptr [rbp-0x40]", "128 load reload")]
    [InlineData("mov      qword ptr [rbp-0x58], r11", "store")] // a spill of no vector
    [InlineData("vpmaddubsw zmm24, zmm24, zmm21", "512 multiply-add 512")]
    [InlineData("vpmaddwd ymm1, ymm2, ymmword ptr [rax]", "256 multiply-add 256 load")]
    [InlineData("vpdpbusd zmm1, zmm2, zmm3", "512 multiply-add 512")]
    [InlineData("vfmadd231ps zmm1, zmm2, zmmword ptr [rax]", "512 multiply-add 512 load")]
    [InlineData("vfmadd213ss xmm1, xmm2, xmm3", "multiply-add 32")]
    [InlineData("vfnmadd231sd xmm1, xmm2, qword ptr [rax]", "multiply-add 64 load")]
    [InlineData("vmulss   xmm2, xmm0, dword ptr [r14+4*rsi]", "load")] // scalar
    [InlineData("vcvtsi2sd xmm1, xmm1, r15d", "")] // scalar
    [InlineData("vcvttss2si eax, xmm0", "")] // scalar
    [InlineData("vmovd    xmm0, eax", "")] // one lane
    [InlineData("vpabsd   zmm1, zmm2", "512")] // ends like a scalar double, but is packed
    [InlineData("vpmaxsd  ymm1, ymm2, ymm3", "256")]
    [InlineData("vbroadcastss zmm0, dword ptr [reloc @RWD00]", "512 load")]
    [InlineData("vextracti128 xmmword ptr [rax], ymm0", "256 store")]
    [InlineData("vpmovdw  ymmword ptr [rax], zmm0", "512 store")]
    [InlineData("vptest   xmm0, xmmword ptr [rax]", "128 load")]
    [InlineData("add      qword ptr [rax], 1", "load store")]
    [InlineData("cmp      dword ptr [rax], 1", "load")]
    [InlineData("xchg     qword ptr [rsi], rax", "load store")]
    [InlineData("lock cmpxchg dword ptr [rdx], r11d", "load store")]
    [InlineData("sete     byte  ptr [rax]", "store")]
    [InlineData("lea      rdi, [rbp-0x50]", "")]
    [InlineData("prefetcht0 byte  ptr [r9]", "prefetch")]
    [InlineData("movsq", "load store")]
    [InlineData("rep stosq", "store")]
    [InlineData("vzeroupper", "")]
    [InlineData("push     rbp", "")]
    [InlineData("call     [BitNet.Engine.Kernels.RmsNorm:Apply(ptr,int)]", "")]
    public void An_instruction_counts_for_what_it_does(string line, string expected)
    {
        var i = X64Instruction.Of(ListedInstruction.Parse(line), ["rsp", "rbp"]);
        string[] found =
        [
            .. i.Bits > 0 ? [$"{i.Bits}"] : Array.Empty<string>(),
            .. i.MultiplyAddBits > 0 ? [$"multiply-add {i.MultiplyAddBits}"] : Array.Empty<string>(),
            .. i.Loads ? ["load"] : Array.Empty<string>(),
            .. i.Stores ? ["store"] : Array.Empty<string>(),
            .. i.Prefetches ? ["prefetch"] : Array.Empty<string>(),
            .. i.Spills ? ["spill"] : Array.Empty<string>(),
            .. i.Reloads ? ["reload"] : Array.Empty<string>(),
        ];
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public void In_a_method_without_frame_pointer_rbp_is_a_register_like_others()
    {
        var line = ListedInstruction.Parse("vmovups  ymmword ptr [rbp-0x50], ymm0");
        Assert.True(X64Instruction.Of(line, ["rsp", "rbp"]).Spills);
        Assert.False(X64Instruction.Of(line, ["rsp"]).Spills);
    }
}
