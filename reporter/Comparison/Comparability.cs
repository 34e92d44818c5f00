using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What must be the same before two figures may be held against each other. Every difference is named with both values.</summary>
internal static class Comparability
{
    /// <summary>Differences that make every workload incomparable: host key; of measured runs the protocol, and how their code was compiled.</summary>
    public static IReadOnlyList<string> Obstacles(SideOfRuns baseline, SideOfRuns candidate)
    {
        Receipt[] all = [.. baseline.Sources.Concat(candidate.Sources).Select(source => source.Receipt)];
        Receipt[] measured = [.. all.Where(receipt => receipt.Origin == ReceiptOrigin.Measured)];
        return
        [
            .. Difference("host key", all.Select(receipt => receipt.HostKey)),
            .. measured.Select(r => TimedAs(r.Generator.Protocol)).Distinct().Count() > 1 ? Difference("worker protocol", measured.Select(r => $"{r.Generator.Protocol}")) : [],
            .. Difference("build configuration", measured.Select(r => r.Build.Configuration)),
            .. Difference("tiered compilation", measured.Select(r => OnOff(r.Build.Jit.TieredCompilation))),
            .. Difference("tiered PGO", measured.Select(r => OnOff(r.Build.Jit.TieredPgo))),
        ];

        static string OnOff(bool on) => on ? "on" : "off";
    }

    // Protocol 2 says more of a worker's build and lists workloads; what is measured, and how, is as in 1.
    private static int TimedAs(int protocol) => protocol == 2 ? 1 : protocol;

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
        string? difference = Difference("output digest", before.Concat(after), Short).FirstOrDefault() ?? Perplexities(Records(workload, baseline).Concat(Records(workload, candidate)));
        return difference is not null ? (false, difference) : (before.Length > 0 && after.Length > 0 ? true : null, null);

        string[] Digests(SideOfRuns side) =>
            [.. Records(workload, side).Select(x => x.Record.Result?.Digest).OfType<string>()];
    }

    // Held against the first: what the digest cannot see lies in the positions that only the check evaluates.
    private static string? Perplexities(IEnumerable<(Receipt Receipt, WorkloadRecord Record)> records)
    {
        ResultCheck[] checks = [.. records.Select(x => x.Record.Result).OfType<ResultCheck>().Where(check => check.Perplexity is not null)];
        return checks.Skip(1).Select(check => ResultCheck.Difference(checks[0], check)).FirstOrDefault(difference => difference is not null);
    }

    /// <summary>A launch of either side whose output was not the one checked before timing; null when there is none. Its own receipt says so.</summary>
    public static string? WrongLaunch(string workload, params IEnumerable<SideOfRuns> sides) => sides
        .SelectMany(side => side.Sources.SelectMany(source => source.Receipt.Warnings).Where(w => w.Code == WarningCodes.ResultDiffers && w.Subject == workload)
            .Select(warning => $"{side.Name}: {warning.Message}"))
        .FirstOrDefault();

    /// <summary>Differences that leave figures comparable but may explain them.</summary>
    public static IEnumerable<ReceiptWarning> Explanations(SideOfRuns baseline, SideOfRuns candidate)
    {
        (string What, Func<Receipt, string> Of)[] facts =
        [
            ("runtime", r => r.Build.Runtime),
            ("ReadyToRun", r => $"{r.Build.Jit.ReadyToRun}"),
            ("code-generation variables", r => Variables(r.Build.Jit.Environment)),
            ("forced kernel", r => r.Settings.ForcedKernel ?? "none"),
            ("cold bytes", r => $"{r.Settings.ColdBytes}"),
            ("affinity", r => r.Settings.AffinityPolicy ?? "none"),
            ("warm-ups and iterations", r => Iterations(r.Settings)),
        ];
        foreach ((string what, Func<Receipt, string> of) in facts)
        {
            string[] before = Values(baseline, of), after = Values(candidate, of);
            if (before.Length > 0 && after.Length > 0 && before.Union(after).Count() > 1) yield return new ReceiptWarning("settings-differ", null, $"{what}: baseline {Shown(before)}, candidate {Shown(after)}");
        }
        foreach (string id in candidate.WorkloadIds)
        {
            string[] before = Kernels(id, baseline), after = Kernels(id, candidate);
            if (before.Length > 0 && after.Length > 0 && before.Union(after).Count() > 1)
                yield return new ReceiptWarning("kernel-differs", id, $"kernel: baseline {Shown(before)}, candidate {Shown(after)}");
        }

        static string Variables(IReadOnlyDictionary<string, string> variables) =>
            string.Join(' ', variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));
        static string Iterations(RunSettings s) =>
            FormattableString.Invariant($"kernels {s.KernelWarmups}+{s.KernelIterations} of {s.KernelIterationMilliseconds} ms, end to end {s.EndToEndWarmups}+{s.EndToEndIterations}");
        // Of imported runs, build and settings say nothing of how they were measured.
        static string[] Values(SideOfRuns side, Func<Receipt, string> of) =>
            [.. side.Sources.Where(source => source.Receipt.Origin == ReceiptOrigin.Measured).Select(source => of(source.Receipt)).Distinct()];
        static string[] Kernels(string workload, SideOfRuns side) => [.. Records(workload, side).Select(x => x.Record.Kernel).OfType<string>().Distinct()];
        static string Shown(IEnumerable<string> values) => string.Join(" / ", values.Select(text => text.Length == 0 ? "none" : text));
    }

    public static IEnumerable<(Receipt Receipt, WorkloadRecord Record)> Records(string workload, SideOfRuns side) =>
        side.Runs(workload).Select(found => (found.Source.Receipt, found.Record));

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
