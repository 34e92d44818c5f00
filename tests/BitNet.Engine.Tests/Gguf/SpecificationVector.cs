namespace BitNet.Engine.Tests.Gguf;

/// <summary>
/// The published test vector of spec 2.5: a linear congruential generator, s ← 1664525 s + 1013904223 mod 2^32 from s = 12345; the first
/// 256 draws give codes (s >> 16) mod 3.
/// </summary>
internal static class SpecificationVector
{
    public static byte[] Codes()
    {
        uint state = 12345;
        return [.. Enumerable.Range(0, 256).Select(_ => (byte)(((state = state * 1664525 + 1013904223) >> 16) % 3))];
    }
}
