using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Evidence;

/// <summary>What an instruction of x64 does, as far as it is counted.</summary>
/// <param name="Bits">Of its vectors; 0 where it has none or is scalar.</param>
internal readonly partial record struct X64Instruction(int Bits, int MultiplyAddBits, bool Loads, bool Stores, bool Prefetches, bool Spills, bool Reloads)
{
    /// <param name="frame">Registers that point into the method's stack frame.</param>
    public static X64Instruction Of(ListedInstruction instruction, IReadOnlyList<string> frame)
    {
        var (mnemonic, operands) = (instruction.Mnemonic, instruction.Operands);
        if (instruction.IsCall)
            return default;
        if (mnemonic.StartsWith("prefetch", StringComparison.Ordinal))
            return new X64Instruction { Prefetches = true };
        var width = operands.Select(Width).DefaultIfEmpty().Max();
        var scalar = mnemonic is "vmovd" or "vmovq" or "movd" or "movq" || ScalarFloat().IsMatch(mnemonic);
        var first = operands.Count > 0 && IsMemory(operands[0]);
        var others = operands.Skip(1).Any(IsMemory);
        var moves = Moves().IsMatch(mnemonic);
        var onlyReads = OnlyReads().IsMatch(mnemonic);
        var copies = operands.Count == 0 && mnemonic.StartsWith("movs", StringComparison.Ordinal);
        var loads = others || copies || (first && (onlyReads || !moves));
        var stores = copies || mnemonic.StartsWith("stos", StringComparison.Ordinal) || (first && !onlyReads);
        var framed = width > 0 && operands.Any(operand => IsFrame(operand, frame));
        return new X64Instruction(
            scalar ? 0 : width, MultiplyAdd(mnemonic, width), loads, stores, Prefetches: false, Spills: framed && first && stores, Reloads: framed && loads);
    }

    /// <summary>Width of a multiply-add; 0 for every other instruction.</summary>
    private static int MultiplyAdd(string mnemonic, int width)
    {
        var bits = mnemonic.EndsWith("ss", StringComparison.Ordinal) && mnemonic.StartsWith("vf", StringComparison.Ordinal) ? 32
            : mnemonic.EndsWith("sd", StringComparison.Ordinal) && mnemonic.StartsWith("vf", StringComparison.Ordinal) ? 64
            : width;
        return MultiplyAddInstructions.Products(mnemonic, bits) is null ? 0 : bits;
    }

    private static int Width(string operand) =>
        operand.Contains("zmm", StringComparison.Ordinal) ? 512 : operand.Contains("ymm", StringComparison.Ordinal) ? 256 : operand.Contains("xmm", StringComparison.Ordinal) ? 128 : 0;

    private static bool IsMemory(string operand) => operand.Contains("ptr [", StringComparison.Ordinal);

    private static bool IsFrame(string operand, IReadOnlyList<string> frame)
    {
        var bracket = operand.IndexOf("ptr [", StringComparison.Ordinal);
        return bracket >= 0 && frame.Any(register => operand.AsSpan(bracket + "ptr [".Length).StartsWith(register));
    }

    /// <summary>Of one lane; packed integers end alike (vpabsd), broadcasts fill a vector.</summary>
    [GeneratedRegex(@"\A(?!v?p|vbroadcast)v?[a-z]+(?:[0-9]{3})?(s[sd]|s[sd]2u?si|2s[sd])\z")]
    private static partial Regex ScalarFloat();

    /// <summary>That write a memory operand without reading it.</summary>
    [GeneratedRegex(@"\A(mov|v?mov|v?pmov|set|v?extract|v?pextr|vcvtps2ph|kmov|vpcompress|vcompress|vpscatter|vscatter|pop)")]
    private static partial Regex Moves();

    /// <summary>That read a first operand in memory and leave it.</summary>
    [GeneratedRegex(@"\A(cmp(?!xchg)|test|push|bt\z|mul\z|imul\z|div\z|idiv\z|j|v?ptest|v?u?comis)")]
    private static partial Regex OnlyReads();
}
