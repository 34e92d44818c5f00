using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What must be the same before two figures may be held against each other. Every difference is named with both values.</summary>
internal static class Comparability
{
    /// <summary>Differences that make every workload incomparable: host key, and protocol of measured runs.</summary>
    public static IReadOnlyList<string> Obstacles(SideOfRuns baseline, SideOfRuns candidate)
    {
        Receipt[] all = [.. baseline.Sources.Concat(candidate.Sources).Select(source => source.Receipt)];
        return
        [
            .. Difference("host key", all.Select(receipt => receipt.HostKey)),
            .. Difference("worker protocol", all.Where(r => r.Origin == ReceiptOrigin.Measured).Select(r => $"{r.Generator.Protocol}")),
        ];
    }

    /// <summary>Differences that make one workload incomparable: metric, unit, direction, definition, model.</summary>
    public static IReadOnlyList<string> Differences(string workload, SideOfRuns baseline, SideOfRuns candidate)
    {
        (Receipt Receipt, WorkloadRecord Record)[] all = [.. Records(workload, baseline).Concat(Records(workload, candidate))];
        return
        [
            .. Difference("unit", all.Select(x => x.Record.Unit)),
            .. Difference("metric", all.Select(x => x.Record.Metric.ToString().ToLowerInvariant())),
            .. Difference("better", all.Select(x => x.Record.Better.ToString().ToLowerInvariant())),
            .. Difference("definition", all.Select(x => x.Record.Definition)),
            .. ModelDifference(workload, [.. all.Select(x => x.Receipt.Model)]),
        ];
    }

    /// <summary>Whether the outputs agree on both sides; null where a side has no check. A differing digest is a wrong result.</summary>
    public static (bool? Match, string? Difference) Results(string workload, SideOfRuns baseline, SideOfRuns candidate)
    {
        string[] before = Digests(baseline), after = Digests(candidate);
        string? difference = Difference("output digest", before.Concat(after), Short).FirstOrDefault();
        return difference is not null ? (false, difference) : (before.Length > 0 && after.Length > 0 ? true : null, null);

        string[] Digests(SideOfRuns side) =>
            [.. Records(workload, side).Select(x => x.Record.Result?.Digest).OfType<string>()];
    }

    /// <summary>Differences that leave figures comparable but may explain them.</summary>
    public static IEnumerable<ReceiptWarning> Explanations(SideOfRuns baseline, SideOfRuns candidate)
    {
        Receipt before = baseline.Newest, after = candidate.Newest;
        (string What, string Before, string After)[] facts =
        [
            ("configuration", before.Build.Configuration, after.Build.Configuration),
            ("runtime", before.Build.Runtime, after.Build.Runtime),
            ("tiered compilation", $"{before.Build.Jit.TieredCompilation}", $"{after.Build.Jit.TieredCompilation}"),
            ("ReadyToRun", $"{before.Build.Jit.ReadyToRun}", $"{after.Build.Jit.ReadyToRun}"),
            ("code-generation variables", Variables(before.Build.Jit.Environment), Variables(after.Build.Jit.Environment)),
            ("forced kernel", before.Settings.ForcedKernel ?? "none", after.Settings.ForcedKernel ?? "none"),
            ("cold bytes", $"{before.Settings.ColdBytes}", $"{after.Settings.ColdBytes}"),
            ("affinity", before.Settings.AffinityPolicy ?? "none", after.Settings.AffinityPolicy ?? "none"),
            ("warm-ups and iterations", Iterations(before.Settings), Iterations(after.Settings)),
        ];
        foreach ((string what, string left, string right) in facts)
            if (left != right) yield return new ReceiptWarning("settings-differ", null, $"{what}: baseline {Shown(left)}, candidate {Shown(right)}");
        foreach (WorkloadRecord record in after.Workloads)
        {
            string? kernel = Records(record.Id, baseline).Select(x => x.Record.Kernel).LastOrDefault();
            if (kernel is not null && record.Kernel is not null && kernel != record.Kernel)
                yield return new ReceiptWarning("kernel-differs", record.Id, $"kernel: baseline {kernel}, candidate {record.Kernel}");
        }

        static string Variables(IReadOnlyDictionary<string, string> variables) =>
            string.Join(' ', variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));
        static string Iterations(RunSettings s) =>
            FormattableString.Invariant($"kernels {s.KernelWarmups}+{s.KernelIterations} of {s.KernelIterationMilliseconds} ms, end to end {s.EndToEndWarmups}+{s.EndToEndIterations}");
        static string Shown(string text) => text.Length == 0 ? "none" : text;
    }

    public static IEnumerable<(Receipt Receipt, WorkloadRecord Record)> Records(string workload, SideOfRuns side) =>
        side.Sources.SelectMany(source => source.Receipt.Workloads.Where(w => w.Id == workload).Select(w => (source.Receipt, w)));

    // A kernel measured without any model may stand beside one measured in a run that had one; two different models never.
    private static IEnumerable<string> ModelDifference(string workload, IReadOnlyList<ModelDescription?> models)
    {
        bool endToEnd = workload.StartsWith("e2e/", StringComparison.Ordinal);
        ModelDescription?[] relevant = [.. models.Where(model => endToEnd || model is not null).DistinctBy(model => model?.Sha256)];
        return relevant.Length < 2 ? []
            : relevant.Select(model => model?.Shape).Distinct().Count() > 1
            ? [$"model shape differs: {string.Join(" / ", relevant.Select(model => model is null ? "none" : Shape(model.Shape)))}"]
            : [$"model SHA-256 differs: {string.Join(" / ", relevant.Select(model => $"{Short(model!.Sha256)} ({model.File})"))}"];

        static string Shape(ModelDimensions s) =>
            $"{s.Layers} layers, {s.Embedding} wide, FFN {s.FeedForward}, {s.Heads}/{s.KeyValueHeads} heads of {s.HeadSize}, vocabulary {s.Vocabulary}, context {s.Context}";
    }

    private static IEnumerable<string> Difference(string key, IEnumerable<string> values, Func<string, string>? shown = null)
    {
        string[] distinct = [.. values.Distinct(StringComparer.Ordinal)];
        return distinct.Length > 1 ? [$"{key} differs: {string.Join(" / ", distinct.Select(shown ?? (value => value)))}"] : [];
    }

    // Enough of a digest to tell two apart and to find it in the receipt.
    private static string Short(string digest)
    {
        int length = digest.IndexOf(':') + 1 + 12;
        return digest.Length > length ? digest[..length] + "…" : digest;
    }
}
