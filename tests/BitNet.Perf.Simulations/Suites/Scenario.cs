namespace BitNet.Perf.Simulations.Suites;

/// <summary>What is counted of a scenario.</summary>
internal enum Counted { FalseAlarms, Found, Green }

/// <summary>A claim about a kind of suite, and how it is drawn.</summary>
/// <param name="Name">Stable: the random numbers depend on it.</param>
/// <param name="Bound">At most (false alarms) or at least (found, green) this share of the suites; null where the share is only told.</param>
internal sealed record Scenario(string Name, Counted Counted, double? Bound, ISuite Suite)
{
    public int Hits(SuiteTally tally) => Counted switch { Counted.FalseAlarms => tally.Alarms, Counted.Found => tally.Found, _ => tally.Green };

    /// <summary>Whether the counts keep to the bound: of false alarms those that the threshold hides as well.</summary>
    public bool Holds(SuiteTally tally) => Bound is not { } bound
        || (Counted == Counted.FalseAlarms ? Math.Max(tally.Alarms, tally.Significant) <= bound * tally.Suites : Hits(tally) >= bound * tally.Suites);
}
