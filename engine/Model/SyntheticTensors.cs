using System.Buffers.Binary;
using System.Runtime.InteropServices;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Model;

/// <summary>
/// The bytes of a synthetic model's tensors. All of it is integer arithmetic and exact scaling by powers of two, apart from one
/// correctly rounded square root and division per tensor, so it is the same on every machine.
/// </summary>
internal static class SyntheticTensors
{
    private static readonly ushort[] EmbeddingValues = HalfValues(1 / 256f);
    private static readonly ushort[] ControlValues = HalfValues(1 / 1024f);

    private static readonly byte[] FourCodes =
        [.. Enumerable.Range(0, 81).Select(n => (byte)(n / 27 << 6 | n / 9 % 3 << 4 | n / 3 % 3 << 2 | n % 3))];

    /// <summary>The tensors in the order of the real file: embedding, blocks in lexicographic order of their number, final norm (spec 1.5).</summary>
    public static void AddTo(GgufHeader header, SyntheticShape shape)
    {
        int width = shape.EmbeddingLength;
        int inner = shape.FeedForwardLength;
        header.AddTensor("token_embd.weight", GgmlType.F16, width, shape.VocabularySize);
        foreach (string block in Enumerable.Range(0, shape.BlockCount).Select(i => $"blk.{i}").Order(StringComparer.Ordinal))
        {
            header.AddTensor($"{block}.attn_norm.weight", GgmlType.F32, width);
            header.AddTensor($"{block}.ffn_down.weight", GgmlType.I2_S, inner, width);
            header.AddTensor($"{block}.ffn_sub_norm.weight", GgmlType.F32, inner);
            header.AddTensor($"{block}.ffn_gate.weight", GgmlType.I2_S, width, inner);
            header.AddTensor($"{block}.ffn_up.weight", GgmlType.I2_S, width, inner);
            header.AddTensor($"{block}.ffn_norm.weight", GgmlType.F32, width);
            header.AddTensor($"{block}.attn_sub_norm.weight", GgmlType.F32, width);
            header.AddTensor($"{block}.attn_k.weight", GgmlType.I2_S, width, shape.KeyValueLength);
            header.AddTensor($"{block}.attn_output.weight", GgmlType.I2_S, width, width);
            header.AddTensor($"{block}.attn_q.weight", GgmlType.I2_S, width, width);
            header.AddTensor($"{block}.attn_v.weight", GgmlType.I2_S, width, shape.KeyValueLength);
        }
        header.AddTensor("output_norm.weight", GgmlType.F32, width);
    }

    /// <summary>Fills <paramref name="bytes"/> with the tensor's content from byte <paramref name="offset"/> on; both are multiples of 8.</summary>
    public static void Fill(SyntheticShape shape, ulong seed, GgufTensor tensor, long offset, Span<byte> bytes)
    {
        var random = new SyntheticRandom(seed, tensor.Name);
        switch (tensor.Type)
        {
            case GgmlType.F16:
                FillEmbedding(random, offset / 2, (long)shape.BaseTokens * shape.EmbeddingLength, MemoryMarshal.Cast<byte, ushort>(bytes));
                break;
            case GgmlType.F32:
                FillGains(random, tensor, offset / 4, MemoryMarshal.Cast<byte, float>(bytes));
                break;
            default:
                long codes = tensor.Bytes - GgmlLayout.ScaleTrailerBytes - offset;
                int codeBytes = (int)Math.Clamp(codes, 0, bytes.Length);
                FillCodes(random, offset, bytes[..codeBytes]);
                bytes[codeBytes..].Clear();
                if (codeBytes < bytes.Length && codes >= 0) BinaryPrimitives.WriteSingleLittleEndian(bytes[codeBytes..], SyntheticScales.Of(tensor));
                break;
        }
    }
    /// <summary>
    /// Sums of four bytes, so roughly normal, centred, times 2^-8: standard deviation 0.58, every value exact in F16. Rows of control
    /// tokens are a quarter as large, so that their logits do not win and greedy generation does not end by itself.
    /// </summary>
    private static void FillEmbedding(SyntheticRandom random, long firstElement, long firstControlElement, Span<ushort> elements)
    {
        for (int i = 0; i < elements.Length; i += 2)
        {
            ulong word = random.Word((firstElement + i) / 2);
            ushort[] values = firstElement + i < firstControlElement ? EmbeddingValues : ControlValues;
            elements[i] = values[SumOfBytes((uint)word)];
            elements[i + 1] = values[SumOfBytes((uint)(word >> 32))];
        }
    }

    /// <summary>Gains uniform in [0.5, 1.5) times the tensor's typical gain, some negative.</summary>
    private static void FillGains(SyntheticRandom random, GgufTensor tensor, long firstElement, Span<float> gains)
    {
        float typical = SyntheticScales.TypicalGain(tensor);
        for (int i = 0; i < gains.Length; i++)
        {
            ulong word = random.Word(firstElement + i);
            float factor = (512 + (int)(word & 1023)) / 1024f;
            gains[i] = SyntheticScales.IsNegative(tensor, word) ? -typical * factor : typical * factor;
        }
    }

    /// <summary>Four codes from 16 random bits; each of the 81 combinations is as likely as the next to one part in 800.</summary>
    private static void FillCodes(SyntheticRandom random, long firstByte, Span<byte> packed)
    {
        for (int i = 0; i < packed.Length; i += 4)
        {
            ulong word = random.Word((firstByte + i) / 4);
            packed[i] = FourCodes[(int)((word & 0xFFFF) * 81 >> 16)];
            packed[i + 1] = FourCodes[(int)((word >> 16 & 0xFFFF) * 81 >> 16)];
            packed[i + 2] = FourCodes[(int)((word >> 32 & 0xFFFF) * 81 >> 16)];
            packed[i + 3] = FourCodes[(int)((word >> 48) * 81 >> 16)];
        }
    }

    /// <summary>F16 bits of the centred sum of four bytes times a power of two, by that sum.</summary>
    private static ushort[] HalfValues(float unit) =>
        [.. Enumerable.Range(0, 4 * 255 + 1).Select(sum => BitConverter.HalfToUInt16Bits((Half)((sum - 2 * 255) * unit)))];

    private static uint SumOfBytes(uint word) => (word & 0xFF) + (word >> 8 & 0xFF) + (word >> 16 & 0xFF) + (word >> 24);
}
