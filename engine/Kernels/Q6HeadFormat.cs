using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Q6_K: 256 weights in 210 bytes. Weight i = d · scale[i/16] · (code[i] − 32), with codes of six bits, an int8 scale for every 16 weights and d in F16.</summary>
/// <remarks>128 bytes of low nibbles, 64 of high bit pairs, 16 scales, d. Each half of a block, 128 weights, has 64 and 32 bytes of its own: low nibbles hold weights 0 to 63
/// and high ones 64 to 127; byte g of the bit pairs holds those of g, 32+g, 64+g and 96+g, the first lowest.
/// Rounding is our own: a group's scale would map its weight of largest magnitude to code −32; d is the largest such scale ÷ 127, rounded to F16; the int8 scales and then the
/// codes are each made with what was rounded before them.</remarks>
public sealed unsafe class Q6HeadFormat : LossyHeadFormat
{
    private const int Codes = 256, Half128 = 128, Group = 16, Groups = Codes / Group, Bias = 32, LargestScale = 127;
    private const int HighOffset = 128, ScalesOffset = 192, FactorOffset = 208;

    private Q6HeadFormat()
    {
    }

    public static Q6HeadFormat Instance { get; } = new();

    public override string Name => "q6_k";
    public override int BlockColumns => Block.Columns;
    public override int BlockBytes => Block.Bytes;

    public override void Pack(short* row, int columns, byte* target)
    {
        Check(columns);
        for (; columns > 0; columns -= Codes, row += Codes, target += Block.Bytes) PackBlock((Half*)row, target);
    }

    private static void PackBlock(Half* weights, byte* target)
    {
        Span<float> wanted = stackalloc float[Groups];
        float largest = 0;
        for (int group = 0; group < Groups; group++)
        {
            float extreme = 0;
            for (int i = group * Group; i < (group + 1) * Group; i++)
            {
                if (MathF.Abs((float)weights[i]) > MathF.Abs(extreme)) extreme = (float)weights[i];
            }
            wanted[group] = extreme / -Bias;
            largest = MathF.Max(largest, MathF.Abs(wanted[group]));
        }
        Half factor = (Half)(largest / LargestScale);
        new Span<byte>(target, Block.Bytes).Clear();
        *(Half*)(target + FactorOffset) = factor;
        for (int i = 0; i < Codes; i++)
        {
            int scale = factor == Half.Zero ? 0 : (int)Math.Clamp(MathF.Round(wanted[i / Group] / (float)factor), -LargestScale, LargestScale);
            float step = (float)factor * scale;
            int code = step == 0 ? Bias : (int)Math.Clamp(MathF.Round((float)weights[i] / step) + Bias, 0, 63);
            ((sbyte*)target)[ScalesOffset + i / Group] = (sbyte)scale;
            (int low, int nibble, int high, int pair) = Place(i);
            target[low] |= (byte)((code & 15) << nibble);
            target[high] |= (byte)(code >> 4 << pair);
        }
    }

    /// <summary>Byte and shift of a weight's low nibble and of its high bit pair.</summary>
    private static (int Low, int Nibble, int High, int Pair) Place(int i)
    {
        int half = i / Half128, inHalf = i % Half128;
        return (half * 64 + inHalf % 64, inHalf / 64 * 4, HighOffset + half * 32 + inHalf % 32, inHalf / 32 * 2);
    }

    private static int Code(byte* block, int i)
    {
        (int low, int nibble, int high, int pair) = Place(i);
        return (block[low] >> nibble & 15 | (block[high] >> pair & 3) << 4) - Bias;
    }

    public override void Unpack(byte* packed, int columns, Span<float> weights)
    {
        Check(columns);
        for (int i = 0; i < columns; i++)
        {
            byte* block = packed + i / Codes * Block.Bytes;
            int inBlock = i % Codes;
            weights[i] = (float)*(Half*)(block + FactorOffset) * ((sbyte)block[ScalesOffset + inBlock / Group] * Code(block, inBlock));
        }
    }

    public override void Multiply(byte* rows, int count, int columns, short* x, float* dots)
    {
        Check(columns);
        LossyHeadProduct.Multiply<Block>(rows, count, columns, x, dots);
    }

    public override void MultiplyScalar(byte* rows, int count, int columns, short* x, float* dots)
    {
        Check(columns);
        LossyHeadProduct.MultiplyScalar<Block>(rows, count, columns, x, dots);
    }

    /// <summary>A code times its scale is at most 32 · 128 = 4,096 in magnitude, so a lane of a block at most 8 · 2 · 4,096 · 32,767 &lt; 2³¹.</summary>
    private readonly struct Block : ILossyBlock
    {
        public static int Columns => Codes;
        public static int Bytes => FactorOffset + sizeof(short);
        public static int ScaleOffset => FactorOffset;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<int> Lanes(byte* block, short* x)
        {
            Vector256<short> scales = Avx2.ConvertToVector256Int16(Vector128.Load((sbyte*)block + ScalesOffset));
            return HalfBlock(block, block + HighOffset, scales.GetLower(), x) + HalfBlock(block + 64, block + HighOffset + 32, scales.GetUpper(), x + Half128);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<int> HalfBlock(byte* low, byte* high, Vector128<short> scales, short* x)
        {
            Vector512<byte> nibbles = Vector512.Load(low), mask = Vector512.Create((byte)15), pair = Vector512.Create((byte)0x30);
            Vector256<byte> pairs = Vector256.Load(high);
            // Bit pairs go to bits 4 and 5: weights 0 to 31 in the lower half of the vector, 32 to 63 in the upper; then 64 to 95 and 96 to 127.
            Vector512<byte> first = nibbles & mask
                | Vector512.Create(Vector256.ShiftLeft(pairs.AsUInt16(), 4), Vector256.ShiftLeft(pairs.AsUInt16(), 2)).AsByte() & pair;
            Vector512<byte> second = Vector512.ShiftRightLogical(nibbles.AsUInt16(), 4).AsByte() & mask
                | Vector512.Create(pairs.AsUInt16(), Vector256.ShiftRightLogical(pairs.AsUInt16(), 2)).AsByte() & pair;
            return Products(first.GetLower(), scales, 0, x) + Products(first.GetUpper(), scales, 2, x + 32)
                + Products(second.GetLower(), scales, 4, x + 64) + Products(second.GetUpper(), scales, 6, x + 96);
        }

        /// <summary>32 weights with the scales <paramref name="group"/> and the next.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<int> Products(Vector256<byte> codes, Vector128<short> scales, int group, short* x)
        {
            Vector512<short> weights = Avx512BW.ConvertToVector512Int16(codes) - Vector512.Create((short)Bias);
            Vector512<short> each = Vector512.Create(Vector256.Create(scales[group]), Vector256.Create(scales[group + 1]));
            return Avx512BW.MultiplyAddAdjacent(weights * each, Vector512.Load(x));
        }

        public static void Lanes(byte* block, short* x, Span<int> lanes)
        {
            lanes.Clear();
            for (int i = 0; i < Codes; i++) lanes[i % 32 / 2] += (sbyte)block[ScalesOffset + i / Group] * Code(block, i) * x[i];
        }
    }
}
