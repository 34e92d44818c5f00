using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Finds tensors by name (their order in the file is lexicographic) and refuses another type or shape.</summary>
internal sealed unsafe class TensorLookup(GgufFile file)
{
    /// <summary>F32 {length}, copied: norms are small and used by every token.</summary>
    public float[] Vector(string name, int length)
    {
        GgufTensor tensor = Expect(name, GgmlType.F32, [length]);
        return new ReadOnlySpan<float>(file.Pointer(tensor), length).ToArray();
    }

    /// <summary>I2_S {columns, rows}: the scale follows the packed rows (spec 2.3).</summary>
    public TernaryMatrix Ternary(string name, int columns, int rows)
    {
        GgufTensor tensor = Expect(name, GgmlType.I2_S, [columns, rows]);
        byte* packed = file.Pointer(tensor);
        float scale = *(float*)(packed + (long)rows * columns / 4);
        return float.IsFinite(scale) && scale > 0
            ? new TernaryMatrix(I2SFormat.Instance, packed, rows, columns, scale)
            : throw new GgufException(file.Path, $"scale of {name} is {scale}", tensor.Offset + (long)rows * columns / 4, "finite and above 0");
    }

    /// <summary>A matrix {columns, rows} of another type, in place.</summary>
    public byte* Matrix(string name, GgmlType type, int columns, int rows) => file.Pointer(Expect(name, type, [columns, rows]));

    private GgufTensor Expect(string name, GgmlType type, long[] dimensions)
    {
        GgufTensor tensor = file.Tensor(name);
        if (tensor.Type != type)
        {
            throw new GgufException(file.Path, $"{name} is {tensor.Type}", tensor.Offset, $"{type}");
        }
        return tensor.Dimensions.SequenceEqual(dimensions)
            ? tensor
            : throw new GgufException(file.Path, $"{name} is {tensor.Shape}", tensor.Offset, string.Join('×', dimensions));
    }
}
