using System.Runtime.CompilerServices;

namespace BitNet.Engine.Model;

/// <summary>
/// A counter-based stream of 64-bit words: word i depends only on the key and i, so blocks can be made in any order, on any number of
/// threads, with the same result on every machine. The mixer is SplitMix64's (Steele, Lea and Flood, OOPSLA 2014, doi 10.1145/2660193.2660195).
/// </summary>
public readonly struct SyntheticRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong _key;

    /// <param name="name">What the stream is for; different names give unrelated streams.</param>
    public SyntheticRandom(ulong seed, string name)
    {
        ulong key = Mix(seed + Golden);
        foreach (char c in name) key = Mix(key + Golden ^ c);
        _key = key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(long index) => Mix(_key + (ulong)index * Golden);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
