using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

public class GgmlLayoutTests
{
    [Theory]
    [InlineData(GgmlType.I2_S, 2560, 6912, 4_423_712)]
    [InlineData(GgmlType.I2_S, 2560, 2560, 1_638_432)]
    [InlineData(GgmlType.I2_S, 2560, 640, 409_632)]
    [InlineData(GgmlType.TL1, 2560, 640, 409_632)]
    [InlineData(GgmlType.F16, 2560, 128_256, 656_670_720)]
    [InlineData(GgmlType.Q8_0, 2560, 128_256, 348_856_320)]
    [InlineData(GgmlType.Q6_K, 2560, 128_256, 269_337_600)]
    [InlineData(GgmlType.TQ1_0, 256, 1, 54)]
    [InlineData(GgmlType.TQ2_0, 256, 1, 66)]
    [InlineData(GgmlType.Q8_K, 256, 1, 292)]
    [InlineData(GgmlType.TL2, 256, 1, 96)]
    [InlineData(GgmlType.F32, 2560, 1, 10_240)]
    public void Sizes_are_those_of_the_specification(GgmlType type, long ne0, long ne1, long bytes)
    {
        Assert.Equal(bytes, GgmlLayout.BytesOf(type, [ne0, ne1], out string? reason));
        Assert.Null(reason);
    }

    // 434.2 nominal, 441.5 MB by this rule over all layers (spec 5.2).
    [Fact]
    public void TL2_takes_441_5_MB_over_the_layers_of_the_2B_model()
    {
        (long In, long Out)[] matrices = [(2560, 2560), (2560, 2560), (2560, 640), (2560, 640), (2560, 6912), (2560, 6912), (6912, 2560)];
        long bytes = 30 * matrices.Sum(matrix => GgmlLayout.BytesOf(GgmlType.TL2, [matrix.In, matrix.Out], out _)!.Value);
        Assert.Equal(441.5, Math.Round(bytes / 1e6, 1));
    }

    [Theory]
    [InlineData(GgmlType.I2_S, 100, "ne0 a multiple of 128 for I2_S")]
    [InlineData(GgmlType.TQ2_0, 128, "ne0 a multiple of 256 for TQ2_0")]
    [InlineData(GgmlType.I8_S, 128, "a type that is stored in files (I8_S is for activations only)")]
    public void An_impossible_shape_has_no_size_and_a_reason(GgmlType type, long ne0, string expected)
    {
        Assert.Null(GgmlLayout.BytesOf(type, [ne0], out string? reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void Every_type_of_the_enumeration_has_a_name_and_a_size_or_a_reason()
    {
        foreach (GgmlType type in Enum.GetValues<GgmlType>())
        {
            Assert.Equal(type.ToString(), GgmlLayout.NameOf((uint)type));
            long? bytes = GgmlLayout.BytesOf(type, [512, 2], out string? reason);
            Assert.True(bytes > 0 ^ reason is not null, type.ToString());
        }
        Assert.Equal("Q4_0_8_8 (removed)", GgmlLayout.NameOf(33));
        Assert.Null(GgmlLayout.NameOf(4711));
    }
}
