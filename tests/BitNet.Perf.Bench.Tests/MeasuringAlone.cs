namespace BitNet.Perf.Bench.Tests;

/// <summary>Tests that look at what the whole process does (allocated bytes, the working folder, the launch in progress): no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuringAlone
{
    public const string Name = "measuring alone";
}
