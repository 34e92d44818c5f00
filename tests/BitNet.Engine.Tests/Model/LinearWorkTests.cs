using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

/// <summary>Query, key and value in one piece of work, for widths that are no multiple of a range, a row group or a stream.</summary>
public sealed unsafe class LinearWorkTests
{
    private const float ActivationScale = 3.5f;

    public static TheoryData<string> Kernels => [.. KernelCatalog.Available.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_row_of_all_three_is_the_scalar_product_however_the_ranges_fall(string name)
    {
        TernaryKernel kernel = KernelCatalog.Choose(name);
        foreach ((int embedding, int heads, int keyValueHeads, int headSize) in new[] { (384, 6, 2, 64), (256, 4, 4, 64), (384, 4, 1, 80), (128, 1, 1, 16), (640, 10, 5, 64) })
        {
            ModelShape shape = new("bitnet-b1.58", null, 512, 64, embedding, 2, 768, heads, keyValueHeads, headSize, headSize, 500_000f, 1e-5f);
            int[] widths = [shape.QueryWidth, shape.KeyValueWidth, shape.KeyValueWidth];
            foreach (int tokens in new[] { 1, 3 })
            {
                float[][] expected = Product(new I2SScalarKernel(), shape, widths, tokens, 1);
                foreach (int threads in new[] { 1, 2, 3, 8 })
                {
                    Assert.Equal(expected, Product(kernel, shape, widths, tokens, threads));
                }
            }
        }
    }

    private static float[][] Product(TernaryKernel kernel, ModelShape shape, int[] widths, int tokens, int threads)
    {
        using RunState state = new(shape, 32, 8);
        using WorkerPool pool = new(threads);
        int columns = shape.EmbeddingLength;
        state.Admit(kernel);
        Random random = new(columns + tokens);
        using AlignedBuffer<sbyte> quantized = new(columns);
        for (int token = 0; token < tokens; token++)
        {
            int sum = 0;
            foreach (ref sbyte q in quantized.Span(0, columns)) sum += q = (sbyte)random.Next(-128, 128);
            kernel.Prepare(quantized.Pointer, columns, state.Activations + (long)token * kernel.ActivationBytes(columns));
            state.QuantizedSums.Pointer[token] = sum;
            state.QuantizedScales.Pointer[token] = ActivationScale;
        }

        AlignedBuffer<byte>[] packed = [.. widths.Select(rows => Pack(kernel.Format, rows, columns))];
        AlignedBuffer<float>[] outputs = [.. widths.Select(rows => new AlignedBuffer<float>((long)tokens * rows))];
        LinearTarget Target(int i) => new(new TernaryMatrix(kernel.Format, packed[i].Pointer, widths[i], columns, 1 + i), outputs[i].Pointer, widths[i]);
        LinearWork work = new(kernel);
        int items = work.Set(state, state.ScratchFor(threads), tokens, Target(0), Target(1), Target(2));
        foreach (AlignedBuffer<float> output in outputs) output.Span(0, (int)output.Length).Fill(float.NaN);
        pool.Run(work, items, work.Split.Grain(threads), work.Split.Unit);
        float[][] found = [.. outputs.Select(output => output.Span(0, (int)output.Length).ToArray())];
        foreach (IDisposable buffer in packed.Cast<IDisposable>().Concat(outputs)) buffer.Dispose();
        return found;
    }

    private static AlignedBuffer<byte> Pack(TernaryFormat format, int rows, int columns)
    {
        Random random = new(rows);
        byte[] codes = new byte[rows * columns / 4];
        for (int i = 0; i < codes.Length; i++) codes[i] = (byte)(random.Next(3) | random.Next(3) << 2 | random.Next(3) << 4 | random.Next(3) << 6);
        // Kernels request memory ahead of a matrix's end; nothing of it is read.
        AlignedBuffer<byte> packed = new(format.Bytes(rows, columns) + 256);
        fixed (byte* source = codes) format.Pack(source, rows, columns, packed.Pointer);
        return packed;
    }
}
