namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Something of both sides of an interleaved run.</summary>
public sealed record Sides<T>(T Base, T Head)
{
    public const string BaseName = "base", HeadName = "head";

    public Sides<TResult> Select<TResult>(Func<T, TResult> of) => new(of(Base), of(Head));

    /// <summary>Base first.</summary>
    public IReadOnlyList<(string Name, T Value)> Named => [(BaseName, Base), (HeadName, Head)];
}
