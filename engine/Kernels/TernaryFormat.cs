namespace BitNet.Engine.Kernels;

/// <summary>How the ternary codes of a matrix lie in memory: fixed bytes a row, so that rows can be found without an index. A matrix in a format is
/// made from I2_S rows, the file's form, when a model is loaded; scales stay with the matrix.</summary>
public abstract unsafe class TernaryFormat
{
    /// <summary>Name in workload ids, options and receipts, e.g. "i2s".</summary>
    public abstract string Name { get; }

    public const int LargestRowGroup = 64;

    /// <summary>Rows that are stored together, at most <see cref="LargestRowGroup"/>: a range of rows begins and ends at a multiple of it.</summary>
    public virtual int RowGroup => 1;

    /// <summary>Bytes of one row on average over its group.</summary>
    /// <param name="columns">A multiple of <see cref="TernaryKernel.BlockLength"/>.</param>
    public abstract long RowBytes(int columns);

    /// <summary>Bytes of a matrix; a last group of fewer rows takes as much as a whole one.</summary>
    public long Bytes(int rows, int columns) => (long)(rows + RowGroup - 1) / RowGroup * RowGroup * RowBytes(columns);

    /// <summary>Packs consecutive rows. Ranges of whole groups may be packed one by one, at the same time.</summary>
    /// <param name="i2s">rows × columns/4 bytes, codes 0 to 2.</param>
    /// <param name="rows">A multiple of <see cref="RowGroup"/>, except at the end of a matrix.</param>
    /// <param name="columns">A multiple of <see cref="TernaryKernel.BlockLength"/>.</param>
    /// <param name="target">Room for <see cref="Bytes"/>.</param>
    public abstract void Pack(byte* i2s, int rows, int columns, byte* target);

    public override string ToString() => Name;
}
