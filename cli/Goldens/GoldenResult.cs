namespace BitNet.Perf.Cli.Goldens;

/// <summary>What comparing with a golden found.</summary>
/// <param name="Summary">What was compared and how close it came, in a line.</param>
/// <param name="Differences">Each thing that is not as it should be; none when the golden is computed.</param>
internal sealed record GoldenResult(string Summary, IReadOnlyList<string> Differences);
