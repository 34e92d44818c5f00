using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Other engines' figures as a report shows them beside a run: each with its host and source, without ratio and verdict.</summary>
public sealed record ContextSection
{
    /// <summary>Rates of tokens of the run that is reported on, to be read beside the others; empty when it measured none.</summary>
    public required IReadOnlyList<ContextRow> Own { get; init; }
    public required IReadOnlyList<ContextEngine> Engines { get; init; }
}

/// <param name="Published">Published by others and not verified; false where somebody imported another harness's samples.</param>
/// <param name="Host">Processor, "an unknown processor" where it is not told.</param>
/// <param name="Citation">Where they are published, or the file they were imported as.</param>
/// <param name="Doubts">What the receipt warns of, beyond what every such receipt says.</param>
public sealed record ContextEngine(
    string Engine, bool Published, string Host, string HostKey, string Citation, string? Model, IReadOnlyList<ContextRow> Rows, IReadOnlyList<WarningRow> Doubts);

/// <param name="Stands">"median of 3 launches" or "one published figure": what stands behind the value.</param>
public sealed record ContextRow(string Id, string Value, string Better, string Stands);

internal static class ContextSections
{
    private static readonly string[] OfEvery = [WarningCodes.External, WarningCodes.Unverified, WarningCodes.Imported];

    /// <param name="run">The run that is reported on.</param>
    /// <param name="others">Imported and external receipts; none measured by this program.</param>
    public static ContextSection? Of(Receipt run, IReadOnlyList<ReceiptSource> others) => others.Count == 0 ? null : new ContextSection
    {
        Own = [.. run.Workloads.Where(workload => workload.Unit == Unit.TokensPerSecond.Name).Select(workload => Row(run, workload))],
        Engines = [.. others.Select(Engine)],
    };

    private static ContextEngine Engine(ReceiptSource other)
    {
        Receipt receipt = other.Receipt;
        IReadOnlyDictionary<string, string>? facts = receipt.Source?.Facts;
        return new ContextEngine(
            receipt.Source?.Harness ?? "another harness",
            receipt.Origin == ReceiptOrigin.External,
            (receipt.Source is null ? null : receipt.Host.Cpu.Name) ?? "an unknown processor",
            receipt.HostKey,
            receipt.Source?.Citation ?? other.Path,
            facts?.GetValueOrDefault("model") ?? facts?.GetValueOrDefault("model type"),
            [.. receipt.Workloads.Select(workload => Row(receipt, workload))],
            [.. receipt.Warnings.Where(warning => !OfEvery.Contains(warning.Code)).Select(warning => new WarningRow(warning.Code, warning.Subject, warning.Message))]);
    }

    private static ContextRow Row(Receipt receipt, WorkloadRecord workload)
    {
        bool figure = receipt.Origin == ReceiptOrigin.External && workload.Launches is [{ Values.Count: 1 }];
        // A published rate is quoted as it was published, not rounded once more.
        string value = figure && workload.Metric == Metric.Rate
            ? $"{workload.Summary.Median.ToString("0.####", CultureInfo.InvariantCulture)} {workload.Unit}"
            : Figures.Value(workload.Summary.Median, workload.Unit);
        return new ContextRow(workload.Id, value, workload.Better == Better.Higher ? "higher" : "lower",
            figure ? "one published figure" : $"median of {Figures.Count(workload.Launches.Count, "launch", "launches")}");
    }
}
