using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Bench.Evidence;

/// <summary>Digest of a method's code without what differs from process to process: addresses, and the cookie that guards the stack.</summary>
internal static partial class CodeDigest
{
    /// <summary>Goes up with any change of what is left out: digests of other versions are not equal.</summary>
    private const string Version = "code/1";

    // User addresses of 64-bit systems. What lies below is an offset or a size, what lies above a constant of 64 bits.
    private const ulong LeastAddress = 1UL << 32;
    private const ulong MostAddress = 1UL << 47;

    public static string Of(ListedMethod method)
    {
        var text = new StringBuilder(Version);
        var cookie = Cookie(method);
        foreach (var line in method.Lines)
            text.Append('\n').Append(Hexadecimal().Replace(line, match => Constant(match.Value, cookie)));
        return ReceiptDigest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Constant(string text, string? cookie) =>
        text == cookie ? "cookie"
        : ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is >= LeastAddress and < MostAddress ? "address"
        : text;

    /// <summary>Drawn when the runtime starts: written into the frame at the beginning, compared at the end.</summary>
    private static string? Cookie(ListedMethod method) => method.Instructions
        .Where(i => i is { Mnemonic: "cmp", Operands: [var slot, var value] } && value.StartsWith("0x", StringComparison.Ordinal)
            && method.Frame.Any(register => slot.StartsWith($"qword ptr [{register}", StringComparison.Ordinal)))
        .FirstOrDefault(compare => method.Instructions.Any(i => i.Mnemonic == "mov" && i.Operands.SequenceEqual(compare.Operands)))?.Operands[1];

    [GeneratedRegex(@"\b0x[0-9A-Fa-f]{1,16}\b")]
    private static partial Regex Hexadecimal();
}
