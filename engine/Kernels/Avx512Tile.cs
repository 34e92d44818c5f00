using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Turns packed rows into codes, a byte each. A struct type argument, so that the tile is compiled once for each format.</summary>
internal unsafe interface IPanelUnpacker
{
    /// <summary>A block of steps begins and ends at a multiple of it, except at the end of a row.</summary>
    static abstract int StepGroup { get; }

    /// <summary>Writes the codes of steps [firstStep, firstStep + steps) of one row; step i goes to target + i · stride, 64 bytes in the order
    /// in which the kernel's activations are prepared.</summary>
    static abstract void Unpack(byte* row, int columns, int firstStep, int steps, byte* target, int stride);
}

/// <summary>Batched product in tiles of 8 rows × 3 tokens: 24 int16 accumulators, so that 11 loads serve 24 multiply-adds and the loop is
/// bound by vpmaddubsw. Eight rows are unpacked once into a panel in L1 and used for every token; long rows go in blocks of at most
/// <see cref="MaximumSteps"/> steps, so that panel and activations stay in L1 and L2.</summary>
internal static unsafe class Avx512Tile
{
    public const int Step = 64;
    private const int Rows = 8;
    private const int Tokens = 3;

    /// <summary>8 × 40 × 64 bytes are 20 kB. Each step adds one pair of products to every int16 lane, of which 63 cannot overflow.</summary>
    private const int MaximumSteps = 40;

    /// <param name="rowBytes">Distance of packed rows.</param>
    /// <param name="activationBytes">Distance of tokens, a multiple of 64.</param>
    /// <inheritdoc cref="TernaryKernel.Multiply"/>
    [SkipLocalsInit]
    public static void Multiply<TUnpacker>(
        byte* packed, long rowBytes, int rows, int columns, sbyte* activations, int activationBytes, int* activationSums, int tokens, int* output, int outputStride)
        where TUnpacker : struct, IPanelUnpacker
    {
        byte* space = stackalloc byte[Rows * MaximumSteps * Step + Step];
        byte* panel = (byte*)(((nuint)space + Step - 1) & ~(nuint)(Step - 1));
        int steps = activationBytes / Step;
        int blocks = (steps + MaximumSteps - 1) / MaximumSteps;
        int stepsPerBlock = Math.Min(MaximumSteps, ((steps + blocks - 1) / blocks + TUnpacker.StepGroup - 1) / TUnpacker.StepGroup * TUnpacker.StepGroup);
        // Blocks outside, rows inside: a block's activations are in L2 for all rows.
        for (int firstStep = 0; firstStep < steps; firstStep += stepsPerBlock)
        {
            int count = Math.Min(stepsPerBlock, steps - firstStep);
            for (int row = 0; row < rows; row += Rows)
            {
                int rowCount = Math.Min(Rows, rows - row);
                for (int i = 0; i < Rows; i++)
                {
                    // A last group of fewer rows repeats its last one; what it yields is not stored.
                    byte* source = packed + (row + Math.Min(i, rowCount - 1)) * rowBytes;
                    TUnpacker.Unpack(source, columns, firstStep, count, panel + i * Step, Rows * Step);
                }
                for (int token = 0; token < tokens; token += Tokens)
                {
                    Tile(
                        panel, count, activations + (long)token * activationBytes + (long)firstStep * Step, activationBytes, Math.Min(Tokens, tokens - token),
                        firstStep == 0 ? activationSums + token : null, output + (long)token * outputStride + row, outputStride, rowCount);
                }
            }
        }
    }

    /// <param name="activationSums">Subtracted in a row's first block; null in later ones, which add to the output.</param>
    private static void Tile(
        byte* panel, int steps, sbyte* q, int activationBytes, int tokenCount, int* activationSums, int* output, int outputStride, int rowCount)
    {
        // A last group of fewer tokens repeats its last one; what it yields is not stored.
        sbyte* q0 = q, q1 = tokenCount > 1 ? q0 + activationBytes : q0, q2 = tokenCount > 2 ? q1 + activationBytes : q1;
        Vector512<short> s00 = default, s01 = default, s02 = default, s03 = default, s04 = default, s05 = default, s06 = default, s07 = default;
        Vector512<short> s10 = default, s11 = default, s12 = default, s13 = default, s14 = default, s15 = default, s16 = default, s17 = default;
        Vector512<short> s20 = default, s21 = default, s22 = default, s23 = default, s24 = default, s25 = default, s26 = default, s27 = default;
        nint end = (nint)steps * Step;
        for (nint at = 0; at < end; at += Step)
        {
            Vector512<sbyte> a0 = Vector512.Load(q0 + at), a1 = Vector512.Load(q1 + at), a2 = Vector512.Load(q2 + at);
            byte* w = panel + Rows * at;
            Vector512<byte> c = Vector512.LoadAligned(w);
            s00 += Pairs(c, a0);
            s10 += Pairs(c, a1);
            s20 += Pairs(c, a2);
            c = Vector512.LoadAligned(w + Step);
            s01 += Pairs(c, a0);
            s11 += Pairs(c, a1);
            s21 += Pairs(c, a2);
            c = Vector512.LoadAligned(w + 2 * Step);
            s02 += Pairs(c, a0);
            s12 += Pairs(c, a1);
            s22 += Pairs(c, a2);
            c = Vector512.LoadAligned(w + 3 * Step);
            s03 += Pairs(c, a0);
            s13 += Pairs(c, a1);
            s23 += Pairs(c, a2);
            c = Vector512.LoadAligned(w + 4 * Step);
            s04 += Pairs(c, a0);
            s14 += Pairs(c, a1);
            s24 += Pairs(c, a2);
            c = Vector512.LoadAligned(w + 5 * Step);
            s05 += Pairs(c, a0);
            s15 += Pairs(c, a1);
            s25 += Pairs(c, a2);
            c = Vector512.LoadAligned(w + 6 * Step);
            s06 += Pairs(c, a0);
            s16 += Pairs(c, a1);
            s26 += Pairs(c, a2);
            c = Vector512.LoadAligned(w + 7 * Step);
            s07 += Pairs(c, a0);
            s17 += Pairs(c, a1);
            s27 += Pairs(c, a2);
        }
        // All sums first: an accumulator that lived across a call would be written to the stack in every step of the loop.
        Vector256<int> dots0 = SumEach(s00, s01, s02, s03, s04, s05, s06, s07);
        Vector256<int> dots1 = SumEach(s10, s11, s12, s13, s14, s15, s16, s17);
        Vector256<int> dots2 = SumEach(s20, s21, s22, s23, s24, s25, s26, s27);
        bool firstBlock = activationSums != null;
        Store(firstBlock ? dots0 - Vector256.Create(activationSums[0]) : dots0, output, rowCount, firstBlock);
        if (tokenCount > 1) Store(firstBlock ? dots1 - Vector256.Create(activationSums[1]) : dots1, output + outputStride, rowCount, firstBlock);
        if (tokenCount > 2) Store(firstBlock ? dots2 - Vector256.Create(activationSums[2]) : dots2, output + 2 * (long)outputStride, rowCount, firstBlock);
    }

    private static void Store(Vector256<int> dots, int* target, int rowCount, bool replace)
    {
        if (rowCount == Rows)
        {
            (replace ? dots : dots + Vector256.Load(target)).Store(target);
            return;
        }
        for (int i = 0; i < rowCount; i++) target[i] = replace ? dots[i] : target[i] + dots[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> SumEach(
        Vector512<short> s0, Vector512<short> s1, Vector512<short> s2, Vector512<short> s3, Vector512<short> s4, Vector512<short> s5, Vector512<short> s6, Vector512<short> s7) =>
        Vector256.Create(SumEach(Widen(s0), Widen(s1), Widen(s2), Widen(s3)), SumEach(Widen(s4), Widen(s5), Widen(s6), Widen(s7)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Pairs(Vector512<byte> codes, Vector512<sbyte> activations) => Avx512BW.MultiplyAddAdjacent(codes, activations);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen(Vector512<short> pairs) => Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);

    /// <summary>Lane i of the result is the sum over all lanes of argument i: two interleaving steps instead of four reductions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> SumEach(Vector512<int> t0, Vector512<int> t1, Vector512<int> t2, Vector512<int> t3)
    {
        Vector512<int> t01 = Avx512F.UnpackLow(t0, t1) + Avx512F.UnpackHigh(t0, t1);
        Vector512<int> t23 = Avx512F.UnpackLow(t2, t3) + Avx512F.UnpackHigh(t2, t3);
        Vector512<int> all = Avx512F.UnpackLow(t01.AsInt64(), t23.AsInt64()).AsInt32() + Avx512F.UnpackHigh(t01.AsInt64(), t23.AsInt64()).AsInt32();
        Vector256<int> half = all.GetLower() + all.GetUpper();
        return half.GetLower() + half.GetUpper();
    }
}
