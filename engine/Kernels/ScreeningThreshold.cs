using System.Numerics;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Which rows' intervals reach the best.</summary>
public static unsafe class ScreeningThreshold
{
    /// <summary>The n-th largest of some values, n being the length of <paramref name="best"/>; −∞ where there are fewer.
    /// NaN counts as none.</summary>
    /// <param name="best">Scratch: a heap with the smallest of the best on top.</param>
    public static float Largest(float* values, int count, Span<float> best)
    {
        best.Fill(float.NegativeInfinity);
        int i = 0;
        for (; i + Vector512<float>.Count <= count; i += Vector512<float>.Count)
        {
            if (Vector512.GreaterThanAny(Vector512.Load(values + i), Vector512.Create(best[0]))) Insert(values + i, Vector512<float>.Count, best);
        }
        Insert(values + i, count - i, best);
        return best[0];
    }

    /// <summary>Ascending indices of the values that are not below <paramref name="threshold"/>, NaN among them; returns how many.</summary>
    /// <param name="indices">count at most.</param>
    public static int Reaching(float* values, int count, float threshold, int* indices)
    {
        int found = 0, i = 0;
        for (; i + Vector512<float>.Count <= count; i += Vector512<float>.Count)
        {
            ulong reached = ~Vector512.LessThan(Vector512.Load(values + i), Vector512.Create(threshold)).ExtractMostSignificantBits() & 0xffff;
            for (; reached != 0; reached &= reached - 1) indices[found++] = i + BitOperations.TrailingZeroCount(reached);
        }
        for (; i < count; i++)
        {
            if (!(values[i] < threshold)) indices[found++] = i;
        }
        return found;
    }

    private static void Insert(float* values, int count, Span<float> heap)
    {
        for (int i = 0; i < count; i++)
        {
            float value = values[i];
            if (!(value > heap[0])) continue;
            int parent = 0;
            while (2 * parent + 1 < heap.Length)
            {
                int child = 2 * parent + 1;
                if (child + 1 < heap.Length && heap[child + 1] < heap[child]) child++;
                if (value <= heap[child]) break;
                heap[parent] = heap[child];
                parent = child;
            }
            heap[parent] = value;
        }
    }
}
