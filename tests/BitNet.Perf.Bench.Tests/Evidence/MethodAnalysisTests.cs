using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Evidence;

/// <summary>The expected counts were taken from the text of the fixtures by hand.</summary>
public class MethodAnalysisTests
{
    private static MethodCode Of(string method) => MethodAnalysis.Of(Listings.Parse(Listings.First).Methods[method]);

    [Fact]
    public void The_loop_of_one_tokens_product_is_found_with_its_sixteen_multiply_adds()
    {
        var code = Of(Listings.Dots);
        var loop = code.HotLoop!;
        Assert.Equal([new MultiplyAddCount("vpmaddubsw", 512, 16)], loop.MultiplyAdds);
        Assert.Equal(1024, loop.Products());
        Assert.Equal((80, 60, 0, 0), (loop.Instructions, loop.Zmm, loop.Ymm, loop.Xmm));
        // Four vectors of activations, four of weights, and a pointer that lies in the frame; its way out and its way back.
        Assert.Equal((9, 0, 4, 2, 0), (loop.Loads, loop.Stores, loop.Prefetches, loop.Branches, loop.Calls));
        Assert.Equal((0, 0), (loop.Spills, loop.Reloads));
        // Outside of it there are calls and spills, which cost nothing a weight.
        Assert.Equal([new MultiplyAddCount("vpmaddubsw", 512, 16), new MultiplyAddCount("vpmaddwd", 512, 12)], code.Counts.MultiplyAdds);
        Assert.Equal(4, code.Counts.Calls);
        Assert.True(code.Counts.Spills > 0);
    }

    [Fact]
    public void The_tile_of_a_batch_has_twenty_four_multiply_adds_for_eleven_loads()
    {
        var loop = Of(Listings.Tile).HotLoop!;
        Assert.Equal([new MultiplyAddCount("vpmaddubsw", 512, 24)], loop.MultiplyAdds);
        Assert.Equal((63, 11, 0, 0), (loop.Instructions, loop.Loads, loop.Spills, loop.Calls));
    }

    [Fact]
    public void The_control_kernel_is_a_scalar_loop_in_registers()
    {
        var code = Of(Listings.Control);
        Assert.Equal((64, 22, 12), (code.Bytes, code.Counts.Instructions, code.HotLoop!.Instructions));
        Assert.Equal((0, 0, 0, 1), (code.HotLoop.Vectors(), code.HotLoop.Loads, code.HotLoop.Stores, code.HotLoop.Branches));
    }

    [Fact]
    public void A_jump_back_to_where_the_loop_is_left_is_no_loop()
    {
        // Dots is laid out with its end before its loops: the jump to it goes backwards over the inner loop.
        var method = Listings.Parse(Listings.First).Methods[Listings.Dots];
        Assert.Contains(method.Instructions.Index(), i => i.Item.Target is { } label && method.Labels[label] < i.Index && i.Item.Mnemonic == "jge" && label == "IG03");
        var loop = Assert.Single(CodeLoops.Innermost(method));
        Assert.Equal(80, loop.Count);
    }

    [Theory]
    [InlineData("IG01:\n       jmp      SHORT IG03\nIG02:\n       inc      eax\nIG03:\n       cmp      eax, 4\n       jl       SHORT IG02\n       ret\n", "inc cmp jl")] // entered at its end
    [InlineData("IG01:\nIG02:\n       xor      ecx, ecx\nIG03:\n       inc      ecx\n       jl       SHORT IG03\n       inc      eax\n       jl       SHORT IG02\n       ret\n", "inc jl")] // the inner one of two
    [InlineData("IG01:\n       jmp      rcx\nIG02:\n       dec      eax\n       jne      SHORT IG02\n       ret\nRWD00  dd 00000010h ; case G_M000_IG02\n", "dec jne")] // reached through a table
    [InlineData("IG01:\n       je       SHORT IG02\n       ret\nIG02:\n       ret\n", "")] // none
    public void Loops_are_found_by_the_ways_through_the_code(string body, string expected)
    {
        var text = "; Assembly listing for method A:B() (FullOpts)\n; Emitting BLENDED_CODE for generic X64 + VEX + EVEX on Unix\n"
            + body.Replace("IG", "G_M000_IG", StringComparison.Ordinal).Replace("G_M000_G_M000_", "G_M000_", StringComparison.Ordinal) + "; Total bytes of code 9\n";
        var method = Listings.Parse(text).Methods["A:B()"];
        var loops = CodeLoops.Innermost(method);
        Assert.Equal(expected, string.Join(" | ", loops.Select(loop => string.Join(' ', loop.Select(i => method.Instructions[i].Mnemonic)))));
    }
}
