namespace BitNet.Engine.Gguf;

/// <summary>What the tensors of a file add up to, and the bytes of its data section that belong to none of them.</summary>
/// <param name="Parameters">Elements of all tensors.</param>
/// <param name="TensorBytes">Bytes of all tensors.</param>
/// <param name="Types">In order of first appearance.</param>
/// <param name="Gaps">Bytes beyond the padding that alignment explains; in order of offset. The real file has none.</param>
public sealed record GgufInspection(long Parameters, long TensorBytes, IReadOnlyList<GgufInspection.TypeTotal> Types, IReadOnlyList<GgufInspection.Gap> Gaps)
{
    public sealed record TypeTotal(GgmlType Type, int Tensors, long Elements, long Bytes);

    /// <param name="Offset">Absolute byte offset in the file.</param>
    public sealed record Gap(long Offset, long Bytes);

    public static GgufInspection Of(GgufFile file) => new(
        file.Tensors.Sum(tensor => tensor.Elements),
        file.Tensors.Sum(tensor => tensor.Bytes),
        [.. file.Tensors.GroupBy(tensor => tensor.Type).Select(group => new TypeTotal(group.Key, group.Count(), group.Sum(t => t.Elements), group.Sum(t => t.Bytes)))],
        [.. GapsOf(file)]);

    private static IEnumerable<Gap> GapsOf(GgufFile file)
    {
        long end = file.DataStart;
        foreach (GgufTensor tensor in file.Tensors.OrderBy(tensor => tensor.Offset))
        {
            if (tensor.Offset > end) yield return new Gap(end, tensor.Offset - end);
            // Tensors begin at multiples of the alignment, so bytes up to the next one are padding.
            end = (tensor.Offset + tensor.Bytes + file.Alignment - 1) / file.Alignment * file.Alignment;
        }
        if (file.Length > end) yield return new Gap(end, file.Length - end);
    }
}
