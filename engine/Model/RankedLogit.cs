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

    /// <summary>Fills <paramref name="best"/> with the best of all logits, best first, of equals the smaller id first.</summary>
    /// <param name="best">At most as many as there are logits.</param>
    /// <exception cref="EvaluationException">A logit is NaN.</exception>
    public static void Best(ReadOnlySpan<float> logits, Span<RankedLogit> best)
    {
        for (int id = 0; id < best.Length; id++) best[id] = new RankedLogit(logits[id], id);
        if (best.Length < logits.Length)
        {
            // A heap with the worst of the best on top: most of the vocabulary is dismissed by one comparison.
            for (int i = best.Length / 2 - 1; i >= 0; i--) SiftDown(best, i);
            for (int id = best.Length; id < logits.Length; id++)
            {
                RankedLogit next = new(logits[id], id);
                if (!best[0].IsAfter(next)) continue;
                best[0] = next;
                SiftDown(best, 0);
            }
        }
        Sort(best);
    }

    private static void SiftDown(Span<RankedLogit> heap, int parent)
    {
        while (2 * parent + 1 < heap.Length)
        {
            int child = 2 * parent + 1;
            if (child + 1 < heap.Length && heap[child + 1].IsAfter(heap[child])) child++;
            if (!heap[child].IsAfter(heap[parent])) return;
            (heap[parent], heap[child]) = (heap[child], heap[parent]);
            parent = child;
        }
    }
}
