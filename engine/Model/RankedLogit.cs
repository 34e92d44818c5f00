using System.Runtime.InteropServices;

namespace BitNet.Engine.Model;

/// <summary>A token and its logit in one number that orders by falling logit, then rising id: the order of a choice's candidates.</summary>
public readonly record struct RankedLogit
{
    private readonly ulong _key;

    /// <exception cref="EvaluationException">The logit is NaN.</exception>
    public RankedLogit(float logit, int id)
    {
        if (float.IsNaN(logit)) throw new EvaluationException($"logit of token {id} is not a number");
        uint bits = BitConverter.SingleToUInt32Bits(logit + 0f); // −0 becomes +0: they are equal
        uint rising = (bits & SignBit) == 0 ? bits | SignBit : ~bits;
        _key = (ulong)~rising << 32 | (uint)id;
    }

    private const uint SignBit = 0x8000_0000;

    public int Id => (int)(uint)_key;

    /// <summary>The logit's bits, but +0 for −0.</summary>
    public float Logit
    {
        get
        {
            uint rising = ~(uint)(_key >> 32);
            return BitConverter.UInt32BitsToSingle((rising & SignBit) != 0 ? rising & ~SignBit : ~rising);
        }
    }

    /// <summary>Whether this comes after <paramref name="other"/>.</summary>
    public bool IsAfter(RankedLogit other) => _key > other._key;

    /// <summary>Best first.</summary>
    public static void Sort(Span<RankedLogit> ranked) => MemoryMarshal.Cast<RankedLogit, ulong>(ranked).Sort();
}
