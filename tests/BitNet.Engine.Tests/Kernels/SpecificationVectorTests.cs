using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

/// <summary>The vector of spec 2.5: 256 codes and 256 activations from one generator, with every step's result.</summary>
public unsafe class SpecificationVectorTests
{
    private static readonly (byte[] Codes, float[] Activations) Vector = Draw();

    [Fact]
    public void The_quantiser_gives_the_stated_scale_and_values()
    {
        sbyte[] q = new sbyte[256];
        float scale = ActivationQuantizer.Quantize(Vector.Activations, q, out int sum);
        Assert.Equal("d110fe41", Convert.ToHexStringLower(BitConverter.GetBytes(scale)));
        Assert.Equal([84, -83, 57, -90, 5, -33, -44, -109, -80, -75, 114, -54], q[..12]);
        Assert.Equal(-127, q.Min());
        Assert.Equal(126, q.Max());
        Assert.Equal(295, sum);
    }

    [Fact]
    public void The_product_and_the_epilogue_give_the_stated_bytes()
    {
        sbyte[] q = new sbyte[256];
        float scale = ActivationQuantizer.Quantize(Vector.Activations, q, out int sum);
        Assert.Equal(-805, Vector.Codes.Zip(q, (code, value) => code * value).Sum());

        byte[] packed = new byte[64];
        I2SCodes.Pack(Vector.Codes, packed);
        int dot;
        float y;
        fixed (byte* w = packed)
        fixed (sbyte* a = q) KernelCatalog.Choose("i2s-scalar").Multiply(w, 1, 256, a, &sum, 1, &dot, 1);
        Assert.Equal(-1100, dot);
        LinearEpilogue.Apply(&dot, 1, scale, 1.5f, &y);
        Assert.Equal("fdd14fc2", Convert.ToHexStringLower(BitConverter.GetBytes(y)));
    }

    private static (byte[] Codes, float[] Activations) Draw()
    {
        uint state = 12345;
        uint Next() => state = state * 1_664_525 + 1_013_904_223;
        byte[] codes = new byte[256];
        for (int i = 0; i < codes.Length; i++) codes[i] = (byte)((Next() >> 16) % 3);
        float[] activations = new float[256];
        for (int i = 0; i < activations.Length; i++) activations[i] = (float)(((Next() >> 8) / (double)(1 << 24) - 0.5) * 8);
        return (codes, activations);
    }
}
