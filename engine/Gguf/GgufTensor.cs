namespace BitNet.Engine.Gguf;

/// <summary>One entry of the tensor table.</summary>
/// <param name="Dimensions">ne0 (contiguous, the input width of a linear layer) first; 1 to 4 of them.</param>
/// <param name="Offset">Absolute byte offset in the file.</param>
/// <param name="Bytes">Bytes the tensor takes, with the I2_S scale trailer.</param>
public sealed record GgufTensor(string Name, GgmlType Type, IReadOnlyList<long> Dimensions, long Offset, long Bytes)
{
    /// <summary>Product of the dimensions.</summary>
    public long Elements => Dimensions.Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>The shape as ne0×ne1….</summary>
    public string Shape => string.Join('×', Dimensions);
}
