namespace BitNet.Perf.Receipts.Schema;

/// <summary>How likely the model finds a fixed text of token ids: exp(mean negative log-likelihood of each next id), from the kernel, threads and way of
/// evaluation that are timed, and the head's whole logits. Near the vocabulary's size for random weights; what matters is that it stays.</summary>
public sealed record PerplexityCheck
{
    /// <summary>Relative difference from which two values are two results. Logits may differ by 10⁻⁵ of the largest one, which moves it by less.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>"sha256:…" over the ids as little-endian 32-bit integers.</summary>
    public required string TextDigest { get; init; }

    /// <summary>Next ids of the whole text whose likelihood counts.</summary>
    public required int Positions { get; init; }
    public required double Value { get; init; }

    /// <summary>Of them, the first ones that the scalar forward pass evaluated too, which takes a second each.</summary>
    public required int ScalarPositions { get; init; }

    /// <summary>Over those, as timed.</summary>
    public required double ValueThere { get; init; }

    /// <summary>Over those, by the scalar forward pass; no further from <see cref="ValueThere"/> than <see cref="Tolerance"/>.</summary>
    public required double ScalarValue { get; init; }

    /// <summary>Whether two values are of one result; null where they are of different texts.</summary>
    public static bool? Agree(PerplexityCheck a, PerplexityCheck b) => a.TextDigest != b.TextDigest || a.Positions != b.Positions
        ? null
        : AreNear(a.Value, b.Value);

    public static bool AreNear(double found, double expected) => Math.Abs(found - expected) <= Tolerance * Math.Abs(expected);
}
