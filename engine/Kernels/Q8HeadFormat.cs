using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Q8_0: 32 weights in 34 bytes, an F16 scale d and 32 codes of int8; weight = d · code.</summary>
/// <remarks>d is the largest magnitude ÷ 127, rounded to F16; codes are made with that d, at most 127 in magnitude.</remarks>
public sealed unsafe class Q8HeadFormat : LossyHeadFormat
{
    private const int Codes = 32, CodeOffset = sizeof(short), LargestCode = 127;

    private Q8HeadFormat()
    {
    }

    public static Q8HeadFormat Instance { get; } = new();

    public override string Name => "q8_0";
    public override int BlockColumns => Block.Columns;
    public override int BlockBytes => Block.Bytes;

    public override void Pack(short* row, int columns, byte* target)
    {
        Check(columns);
        for (Half* weights = (Half*)row; columns > 0; columns -= Codes, weights += Codes, target += Block.Bytes)
        {
            float largest = 0;
            for (int i = 0; i < Codes; i++) largest = MathF.Max(largest, MathF.Abs((float)weights[i]));
            Half scale = (Half)(largest / LargestCode);
            *(Half*)target = scale;
            for (int i = 0; i < Codes; i++)
                ((sbyte*)target)[CodeOffset + i] = scale == Half.Zero ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round((float)weights[i] / (float)scale), -LargestCode, LargestCode);
        }
    }

    public override void Unpack(byte* packed, int columns, Span<float> weights)
    {
        Check(columns);
        for (int i = 0; i < columns; i++)
        {
            byte* block = packed + i / Codes * Block.Bytes;
            weights[i] = (float)*(Half*)block * (sbyte)block[CodeOffset + i % Codes];
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

    private readonly struct Block : ILossyBlock
    {
        public static int Columns => Codes;
        public static int Bytes => CodeOffset + Codes;
        public static int ScaleOffset => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<int> Lanes(byte* block, short* x) =>
            Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load((sbyte*)block + CodeOffset)), Vector512.Load(x));

        public static void Lanes(byte* block, short* x, Span<int> lanes)
        {
            sbyte* codes = (sbyte*)block + CodeOffset;
            for (int lane = 0; lane < lanes.Length; lane++) lanes[lane] = codes[2 * lane] * x[2 * lane] + codes[2 * lane + 1] * x[2 * lane + 1];
        }
    }
}
