using System.Text;

namespace BitNet.Engine.Tokens;

/// <summary>
/// Byte-pair encoding of one chunk at a time (spec 7.3): start from single bytes, merge the pair of the lowest rank, the leftmost on ties, until
/// none applies. Symbols form a linked list and candidate pairs a heap, so a chunk of n bytes costs O(n log n).
/// </summary>
/// <remarks>Owns scratch memory: one instance per call of <see cref="Tokenizer.Encode"/>, not shared between threads.</remarks>
internal sealed class BytePairMerger(MergeTable table, bool wholeTokens)
{
    private const int None = -1;

    private readonly PriorityQueue<int, ulong> _candidates = new();
    private byte[] _bytes = new byte[64];
    private char[] _mapped = new char[64];
    private int[] _symbols = new int[64];
    private int[] _next = new int[64];
    private int[] _previous = new int[64];

    /// <summary>Appends the ids of the chunk.</summary>
    public void Encode(ReadOnlySpan<char> chunk, List<int> ids)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(chunk.Length));
        int count = Encoding.UTF8.GetBytes(chunk, _bytes);
        if (wholeTokens)
        {
            ByteAlphabet.Map(_bytes.AsSpan(0, count), _mapped);
            if (table.TryToken(_mapped.AsSpan(0, count), out int whole))
            {
                ids.Add(whole);
                return;
            }
        }

        Merge(count);
        for (int i = count == 0 ? None : 0; i != None; i = _next[i])
            table.Emit(_symbols[i], ids);
    }

    private void Merge(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _symbols[i] = table.ByteSymbol(_bytes[i]);
            _previous[i] = i - 1;
            _next[i] = i + 1 < count ? i + 1 : None;
        }

        for (int i = 0; i < count - 1; i++)
            Offer(i);
        while (_candidates.TryDequeue(out int left, out ulong key))
        {
            int right = _next[left];
            // The pair may have changed since it was offered; a rank names one pair, so an equal rank means the same pair.
            if (_symbols[left] == None || right == None || !table.TryMerge(_symbols[left], _symbols[right], out Merge merge)) continue;
            if (Key(merge.Rank, left) != key) continue;
            _symbols[left] = merge.Product;
            _symbols[right] = None;
            _next[left] = _next[right];
            if (_next[right] != None) _previous[_next[right]] = left;
            if (_previous[left] != None) Offer(_previous[left]);
            Offer(left);
        }
    }

    private void Offer(int left)
    {
        int right = _next[left];
        if (right != None && table.TryMerge(_symbols[left], _symbols[right], out Merge merge))
            _candidates.Enqueue(left, Key(merge.Rank, left));
    }

    /// <summary>Orders by rank, then from the left.</summary>
    private static ulong Key(int rank, int left) => ((ulong)(uint)rank << 32) | (uint)left;

    private void Reserve(int length)
    {
        if (_bytes.Length >= length) return;
        length = Math.Max(length, 2 * _bytes.Length);
        (_bytes, _mapped) = (new byte[length], new char[length]);
        (_symbols, _next, _previous) = (new int[length], new int[length], new int[length]);
    }
}
