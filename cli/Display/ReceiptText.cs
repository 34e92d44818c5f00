using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>A receipt as a person reads it: what ran, where, on which build and model, then the figures.</summary>
public static class ReceiptText
{
    public static IEnumerable<string> Lines(Receipt receipt)
    {
        yield return $"{receipt.Run}  {Words(receipt.Status)}, {Words(receipt.Origin)}  {receipt.Digest ?? "no digest"}";
        var facts = new TextTable(new TextColumn(""), new TextColumn(""));
        foreach ((string name, string text) in Facts(receipt))
            facts.Add("  " + name, text);
        foreach (string line in facts.Lines())
            yield return line;
        yield return "";
        foreach (string line in WorkloadTable.Lines(receipt, digests: true))
            yield return line;
        if (receipt.Warnings.Count == 0)
            yield break;
        yield return "";
        foreach (ReceiptWarning warning in receipt.Warnings)
            yield return Warning(warning);
    }

    public static string Warning(ReceiptWarning warning) =>
        $"warning {warning.Code}{(warning.Subject is { } subject ? $" ({subject})" : "")}: {warning.Message}";

    private static IEnumerable<(string Name, string Text)> Facts(Receipt receipt)
    {
        HostDescription host = receipt.Host;
        BuildDescription build = receipt.Build;
        yield return ("written", $"{receipt.CreatedUtc.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC by {receipt.Generator.Name} {receipt.Generator.Version}, protocol {receipt.Generator.Protocol}");
        yield return ("suite", $"{receipt.Suite}{(receipt.Filters.Count > 0 ? $", filter {string.Join(' ', receipt.Filters)}" : "")}; {LaunchCounts.Of(receipt)}{(receipt.Settings.Threads.Count > 0 ? $"; threads {string.Join(", ", receipt.Settings.Threads)}" : "")}");
        yield return ("host key", receipt.HostKey);
        foreach (Fact fact in receipt.Source is null ? [] : RunFacts.Host(receipt).Skip(1).Concat(RunFacts.Source(receipt)))
            yield return (fact.Name, fact.Value);
        if (receipt.Origin != ReceiptOrigin.Measured)
            yield break; // build and settings are those of the import
        yield return ("host", Join(host.Cpu.Name, $"{host.Cpu.LogicalCores} logical cores", host.Cpu.IsaLevel, host.MemoryBytes is { } memory ? $"{Figures.Value(memory, "B")} memory" : null));
        yield return ("system", Join(host.OperatingSystem, host.Kernel, Known("virtualization", host.Virtualization), Known("container", host.Container), Known("governor", host.Governor)));
        yield return ("build", Join(Commit(build), build.Runtime, build.Configuration, build.RuntimeIdentifier, build.Sdk is { } sdk ? $"SDK {sdk}" : null));
        if (receipt.Model is { } model)
        {
            yield return ("model", Join(model.File, Figures.Value(model.Bytes, "B"), $"{model.Format} + {model.HeadFormat}", $"{Figures.Number(model.Parameters / 1e9)} G parameters", model.Synthetic ? "synthetic weights" : null));
            yield return ("", $"SHA-256 {model.Sha256}");
        }
        if (receipt.Settings.ForcedKernel is { } kernel)
            yield return ("kernel", $"{kernel}, forced");
    }

    private static string Commit(BuildDescription build) =>
        build.Commit is { } commit ? $"commit {commit[..Math.Min(12, commit.Length)]}{(build.Dirty == true ? " with changes" : "")}" : "commit unknown";

    private static string? Known(string what, string? value) => value is null or "none" ? null : $"{what} {value}";

    private static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string Words<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
