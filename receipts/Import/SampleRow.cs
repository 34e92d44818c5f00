using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>One line of a file of samples.</summary>
/// <param name="Workload">A workload's id, or another harness's name for it; one line of text.</param>
/// <param name="Launch">Process start, from 0.</param>
/// <param name="Iteration">Within the launch, from 0.</param>
/// <param name="Value">Finite and positive, in <paramref name="Unit"/>.</param>
/// <param name="Unit">A unit of receipts: times are nanoseconds, whatever the file said.</param>
/// <param name="Nanoseconds">Of a rate: the time it was computed from; null where the file does not tell it.</param>
public sealed record SampleRow(string Workload, int Launch, int Iteration, double Value, Unit Unit, double? Nanoseconds = null);
