namespace BitNet.Engine.Gguf;

/// <summary>How many bytes a tensor of a type takes: arithmetic only, every product checked (spec 1.6, 2.1, 3.8, 5.4 to 5.7).</summary>
public static class GgmlLayout
{
    /// <summary>Bytes after the packed codes of an I2_S or TL1 tensor: the f32 scale and 28 unused bytes (spec 2.1, 2.3).</summary>
    public const int ScaleTrailerBytes = 32;

    /// <summary>Elements of one I2_S block; a row is a whole number of blocks (spec 2.2).</summary>
    public const int I2SBlock = 128;

    /// <summary>The type's name, also for ids this reader cannot size; null for an id nobody uses.</summary>
    public static string? NameOf(uint id) => id switch
    {
        4 => "Q4_2 (removed)",
        5 => "Q4_3 (removed)",
        31 => "Q4_0_4_4 (removed)",
        32 => "Q4_0_4_8 (removed)",
        33 => "Q4_0_8_8 (removed)",
        _ => Enum.IsDefined((GgmlType)id) ? ((GgmlType)id).ToString() : null,
    };

    /// <summary>Elements and bytes of one block, for the types whose rows are runs of equal blocks; null for I2_S, TL1, TL2 and I8_S.</summary>
    public static (int Elements, int Bytes)? BlockOf(GgmlType type) => type switch
    {
        GgmlType.F32 or GgmlType.I32 => (1, 4),
        GgmlType.F16 or GgmlType.BF16 or GgmlType.I16 => (1, 2),
        GgmlType.F64 or GgmlType.I64 => (1, 8),
        GgmlType.I8 => (1, 1),
        GgmlType.Q4_0 or GgmlType.IQ4_NL => (32, 18),
        GgmlType.Q4_1 => (32, 20),
        GgmlType.Q5_0 => (32, 22),
        GgmlType.Q5_1 => (32, 24),
        GgmlType.Q8_0 => (32, 34),
        GgmlType.Q8_1 => (32, 36),
        GgmlType.Q2_K => (256, 84),
        GgmlType.Q3_K or GgmlType.IQ3_S => (256, 110),
        GgmlType.Q4_K => (256, 144),
        GgmlType.Q5_K => (256, 176),
        GgmlType.Q6_K => (256, 210),
        GgmlType.Q8_K => (256, 292),
        GgmlType.IQ2_XXS => (256, 66),
        GgmlType.IQ2_XS => (256, 74),
        GgmlType.IQ3_XXS => (256, 98),
        GgmlType.IQ1_S => (256, 50),
        GgmlType.IQ2_S => (256, 82),
        GgmlType.IQ4_XS => (256, 136),
        GgmlType.IQ1_M => (256, 56),
        GgmlType.TQ1_0 => (256, 54),
        GgmlType.TQ2_0 => (256, 66),
        _ => null,
    };

    /// <summary>
    /// Bytes of a tensor of <paramref name="type"/> with the given dimensions (ne0 first, each at least 1).
    /// Returns null and a reason where the type cannot have that shape.
    /// </summary>
    public static long? BytesOf(GgmlType type, ReadOnlySpan<long> dimensions, out string? reason)
    {
        Int128 elements = 1;
        foreach (long dimension in dimensions)
        {
            elements *= dimension;
            if (dimension < 1 || elements > long.MaxValue / 8)
            {
                reason = dimension < 1 ? "every dimension at least 1" : "a number of elements below 2^60";
                return null;
            }
        }
        long ne0 = dimensions[0];
        if (BlockOf(type) is var (blockElements, blockBytes))
        {
            reason = ne0 % blockElements == 0 ? null : $"ne0 a multiple of {blockElements} for {type}";
            return Narrow(elements / blockElements * blockBytes, ref reason);
        }
        switch (type)
        {
            case GgmlType.I2_S:
                reason = ne0 % I2SBlock == 0 ? null : $"ne0 a multiple of {I2SBlock} for I2_S";
                return Narrow(elements / 4 + ScaleTrailerBytes, ref reason);
            case GgmlType.TL1:
                reason = elements % 4 == 0 ? null : "a number of elements that is a multiple of 4 for TL1";
                return Narrow(elements / 4 + ScaleTrailerBytes, ref reason);
            case GgmlType.TL2:
                reason = dimensions.Length == 2 && ne0 >= 256 ? null : "two dimensions and ne0 at least 256 for TL2";
                Int128 rows = elements / ne0;
                Int128 packed = (ne0 - 256) * rows / 3 * 5 / 8 + 256 * rows / 2 * 4 / 8;
                return Narrow((packed + 31) / 32 * 32 + ScaleTrailerBytes, ref reason);
            default:
                reason = $"a type that is stored in files ({type} is for activations only)";
                return null;
        }
    }

    private static long? Narrow(Int128 bytes, ref string? reason)
    {
        if (reason is not null) return null;
        if (bytes <= long.MaxValue) return (long)bytes;
        reason = "a size below 2^63 bytes";
        return null;
    }
}
