namespace BitNet.Perf.Bench.Workloads;

/// <summary>A named choice of workloads.</summary>
/// <param name="Launches">Launches a run makes unless told otherwise.</param>
public sealed record Suite(string Name, int Launches)
{
    /// <summary>Descriptive figures within minutes.</summary>
    public static Suite Quick { get; } = new("quick", 3);

    /// <summary>What a pull request is held against.</summary>
    public static Suite Gate { get; } = new("gate", 16);

    public static Suite Kernels { get; } = new("kernels", 5);

    public static Suite EndToEnd { get; } = new("e2e", 5);

    /// <summary>Everything, overnight.</summary>
    public static Suite Full { get; } = new("full", 10);

    public static IReadOnlyList<Suite> All { get; } = [Quick, Gate, Kernels, EndToEnd, Full];

    /// <summary>Whether this suite measures all that the other does, with the same model, kernel and threads.</summary>
    public bool Contains(Suite other) => other == this || this == Full || (this == Gate && other == Quick);

    /// <summary>Null when there is no suite of that name.</summary>
    public static Suite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);

    public static string Names { get; } = string.Join(", ", All.Select(suite => suite.Name));
}
