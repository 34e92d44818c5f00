using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Workloads.Probes;

/// <summary>A loop of multiply-adds on fixed codes and activations. A step multiplies every code vector by every activation vector, each product into an
/// accumulator of its own; then the code vectors change places, so that no product is the same in the next step and none can be moved
/// out of the loop. Accumulators are int16 and wrap around.</summary>
internal abstract class MultiplyAddLoop
{
    private const int MostCodes = 4 * 64, MostActivations = 4 * 64;

    /// <summary>The loop of an ISA level: the instructions of the kernels of that level.</summary>
    public static MultiplyAddLoop For(string isa) => isa switch
    {
        "avx512" => new Bits512(),
        "avx2" => new Bits256(),
        _ => new Bits128(),
    };

    /// <summary>Code vectors of a step.</summary>
    public abstract int CodeVectors { get; }

    /// <summary>Activation vectors of a step.</summary>
    public abstract int ActivationVectors { get; }

    /// <summary>Products of one instruction.</summary>
    public abstract int Width { get; }

    /// <summary>Neighbouring products that come out as one sum.</summary>
    public abstract int Adjacent { get; }

    public int MultiplyAddsPerStep => CodeVectors * ActivationVectors * Width;

    /// <summary>Codes 0, 1 and 2, one vector after the other.</summary>
    protected byte[] Codes { get; } = FixedCodes();

    /// <summary>Activations from −127 to 127, one vector after the other.</summary>
    protected sbyte[] Activations { get; } = FixedActivations();

    /// <summary>Sum of all accumulators after so many steps.</summary>
    public abstract int Run(int steps);

    /// <summary>The same, one product at a time.</summary>
    public int Expected(int steps)
    {
        var total = 0;
        for (var code = 0; code < CodeVectors; code++)
        {
            for (var activation = 0; activation < ActivationVectors; activation++)
            {
                for (var lane = 0; lane < Width; lane += Adjacent)
                {
                    short sum = 0;
                    for (var step = 0; step < steps; step++)
                    {
                        for (var i = lane; i < lane + Adjacent; i++)
                            sum += (short)(Codes[(code + step) % CodeVectors * Width + i] * Activations[activation * Width + i]);
                    }
                    total += sum;
                }
            }
        }
        return total;
    }

    private static byte[] FixedCodes()
    {
        var random = new SplitMix64(0xc0de);
        return [.. Enumerable.Range(0, MostCodes).Select(_ => (byte)random.Next(3))];
    }

    private static sbyte[] FixedActivations()
    {
        var activations = new sbyte[MostActivations];
        RandomData.Fill(activations, 0xac71);
        return activations;
    }

    /// <summary>vpmaddubsw and vpaddw on 64 products, 4 × 4 vectors as in the batched product: 16 accumulators.</summary>
    private sealed class Bits512 : MultiplyAddLoop
    {
        public override int CodeVectors => 4;
        public override int ActivationVectors => 4;
        public override int Width => 64;
        public override int Adjacent => 2;

        public override int Run(int steps)
        {
            var codes = MemoryMarshal.Cast<byte, Vector512<byte>>(Codes);
            var activations = MemoryMarshal.Cast<sbyte, Vector512<sbyte>>(Activations);
            Vector512<byte> w0 = codes[0], w1 = codes[1], w2 = codes[2], w3 = codes[3];
            Vector512<sbyte> q0 = activations[0], q1 = activations[1], q2 = activations[2], q3 = activations[3];
            Vector512<short> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
            Vector512<short> s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
            for (var step = 0; step < steps; step++)
            {
                s00 += Avx512BW.MultiplyAddAdjacent(w0, q0);
                s01 += Avx512BW.MultiplyAddAdjacent(w0, q1);
                s02 += Avx512BW.MultiplyAddAdjacent(w0, q2);
                s03 += Avx512BW.MultiplyAddAdjacent(w0, q3);
                s10 += Avx512BW.MultiplyAddAdjacent(w1, q0);
                s11 += Avx512BW.MultiplyAddAdjacent(w1, q1);
                s12 += Avx512BW.MultiplyAddAdjacent(w1, q2);
                s13 += Avx512BW.MultiplyAddAdjacent(w1, q3);
                s20 += Avx512BW.MultiplyAddAdjacent(w2, q0);
                s21 += Avx512BW.MultiplyAddAdjacent(w2, q1);
                s22 += Avx512BW.MultiplyAddAdjacent(w2, q2);
                s23 += Avx512BW.MultiplyAddAdjacent(w2, q3);
                s30 += Avx512BW.MultiplyAddAdjacent(w3, q0);
                s31 += Avx512BW.MultiplyAddAdjacent(w3, q1);
                s32 += Avx512BW.MultiplyAddAdjacent(w3, q2);
                s33 += Avx512BW.MultiplyAddAdjacent(w3, q3);
                (w0, w1, w2, w3) = (w1, w2, w3, w0);
            }
            return Sum(s00) + Sum(s01) + Sum(s02) + Sum(s03) + Sum(s10) + Sum(s11) + Sum(s12) + Sum(s13)
                + Sum(s20) + Sum(s21) + Sum(s22) + Sum(s23) + Sum(s30) + Sum(s31) + Sum(s32) + Sum(s33);
        }

        private static int Sum(Vector512<short> sums)
        {
            var (lower, upper) = Vector512.Widen(sums);
            return Vector512.Sum(lower + upper);
        }
    }

    /// <summary>vpmaddubsw and vpaddw on 32 products, 2 × 4 vectors: what 16 registers hold.</summary>
    private sealed class Bits256 : MultiplyAddLoop
    {
        public override int CodeVectors => 2;
        public override int ActivationVectors => 4;
        public override int Width => 32;
        public override int Adjacent => 2;

        public override int Run(int steps)
        {
            var codes = MemoryMarshal.Cast<byte, Vector256<byte>>(Codes);
            var activations = MemoryMarshal.Cast<sbyte, Vector256<sbyte>>(Activations);
            Vector256<byte> w0 = codes[0], w1 = codes[1];
            Vector256<sbyte> q0 = activations[0], q1 = activations[1], q2 = activations[2], q3 = activations[3];
            Vector256<short> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
            for (var step = 0; step < steps; step++)
            {
                s00 += Avx2.MultiplyAddAdjacent(w0, q0);
                s01 += Avx2.MultiplyAddAdjacent(w0, q1);
                s02 += Avx2.MultiplyAddAdjacent(w0, q2);
                s03 += Avx2.MultiplyAddAdjacent(w0, q3);
                s10 += Avx2.MultiplyAddAdjacent(w1, q0);
                s11 += Avx2.MultiplyAddAdjacent(w1, q1);
                s12 += Avx2.MultiplyAddAdjacent(w1, q2);
                s13 += Avx2.MultiplyAddAdjacent(w1, q3);
                (w0, w1) = (w1, w0);
            }
            return Sum(s00) + Sum(s01) + Sum(s02) + Sum(s03) + Sum(s10) + Sum(s11) + Sum(s12) + Sum(s13);
        }

        private static int Sum(Vector256<short> sums)
        {
            var (lower, upper) = Vector256.Widen(sums);
            return Vector256.Sum(lower + upper);
        }
    }

    /// <summary>Portable: 8 products of int16 and 8 additions, 2 × 4 vectors that are widened already.</summary>
    private sealed class Bits128 : MultiplyAddLoop
    {
        public override int CodeVectors => 2;
        public override int ActivationVectors => 4;
        public override int Width => 8;
        public override int Adjacent => 1;

        public override int Run(int steps)
        {
            Vector128<short> w0 = Wide(Codes, 0), w1 = Wide(Codes, 8);
            Vector128<short> q0 = Wide(Activations, 0), q1 = Wide(Activations, 8), q2 = Wide(Activations, 16), q3 = Wide(Activations, 24);
            Vector128<short> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
            for (var step = 0; step < steps; step++)
            {
                s00 += w0 * q0;
                s01 += w0 * q1;
                s02 += w0 * q2;
                s03 += w0 * q3;
                s10 += w1 * q0;
                s11 += w1 * q1;
                s12 += w1 * q2;
                s13 += w1 * q3;
                (w0, w1) = (w1, w0);
            }
            return Sum(s00) + Sum(s01) + Sum(s02) + Sum(s03) + Sum(s10) + Sum(s11) + Sum(s12) + Sum(s13);
        }

        private static Vector128<short> Wide(byte[] codes, int first) => Vector128.WidenLower(Vector128.Create(codes, first)).AsInt16();

        private static Vector128<short> Wide(sbyte[] activations, int first) => Vector128.WidenLower(Vector128.Create(activations, first));

        private static int Sum(Vector128<short> sums)
        {
            var (lower, upper) = Vector128.Widen(sums);
            return Vector128.Sum(lower + upper);
        }
    }
}
