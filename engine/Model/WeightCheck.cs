using System.Runtime.Intrinsics;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Model;

/// <summary>Looks at every weight once when a model is loaded: kernels rely on codes 0 to 2 and on finite F16 values.</summary>
internal static unsafe class WeightCheck
{
    private const int PortionBytes = 1 << 22;

    /// <exception cref="GgufException">Names the first offending tensor and the offset.</exception>
    public static void Run(GgufFile file)
    {
        List<(GgufTensor Tensor, long Start, int Bytes)> portions = [];
        foreach (GgufTensor tensor in file.Tensors)
        {
            long bytes = tensor.Type == GgmlType.I2_S ? tensor.Elements / 4 : tensor.Bytes;
            for (long start = 0; start < bytes; start += PortionBytes) portions.Add((tensor, start, (int)Math.Min(PortionBytes, bytes - start)));
        }
        try
        {
            Parallel.ForEach(portions, portion => Check(file, portion.Tensor, portion.Start, portion.Bytes));
        }
        catch (AggregateException failures)
        {
            throw failures.InnerExceptions.OfType<GgufException>().MinBy(e => e.Offset) ?? failures.InnerExceptions[0];
        }
    }

    private static void Check(GgufFile file, GgufTensor tensor, long start, int bytes)
    {
        ReadOnlySpan<byte> data = new(file.Pointer(tensor) + start, bytes);
        (long at, string problem, string expected) = tensor.Type switch
        {
            GgmlType.I2_S => (I2SCodes.FindInvalid(data), "code 3", "0, 1 or 2"),
            GgmlType.F16 => (FindExponent(data, 0x7c00_7c00, 16), "a value that is not finite", "finite F16"),
            GgmlType.F32 => (FindExponent(data, 0x7f80_0000, 32), "a value that is not finite", "finite F32"),
            _ => (-1, "", ""),
        };
        if (at >= 0) throw new GgufException(file.Path, $"{tensor.Name} has {problem}", tensor.Offset + start + at, expected);
    }

    /// <summary>Offset of the first element whose exponent bits are all ones, or −1.</summary>
    private static long FindExponent(ReadOnlySpan<byte> data, uint exponent, int bits)
    {
        int i = 0;
        Vector256<uint> mask = Vector256.Create(exponent);
        for (; i + 32 <= data.Length; i += 32)
        {
            Vector256<uint> masked = Vector256.Create(data.Slice(i, 32)).AsUInt32() & mask;
            bool found = bits == 16 ? Vector256.EqualsAny(masked.AsUInt16(), mask.AsUInt16()) : Vector256.EqualsAny(masked, mask);
            if (found) break;
        }
        int size = bits / 8;
        for (; i + size <= data.Length; i += size)
        {
            bool finite = bits == 16
                ? Half.IsFinite(BitConverter.ToHalf(data.Slice(i, 2)))
                : float.IsFinite(BitConverter.ToSingle(data.Slice(i, 4)));
            if (!finite) return i;
        }
        return -1;
    }
}
