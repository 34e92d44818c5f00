using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>A kind of measurement that can be drawn again and again.</summary>
internal interface ISuite
{
    /// <summary>Draws the receipts of one suite and compares them by the product's own code.</summary>
    SuiteOutcome Draw(RandomStream random);
}
