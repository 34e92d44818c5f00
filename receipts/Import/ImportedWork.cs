namespace BitNet.Perf.Receipts.Import;

/// <summary>What a file says of a workload besides its samples; null where it does not.</summary>
/// <param name="Threads">It ran with.</param>
/// <param name="Tokens">Of one operation.</param>
/// <param name="Bytes">That one operation must read, as the source counts them.</param>
public sealed record ImportedWork(int? Threads = null, int? Tokens = null, long? Bytes = null);
