using BitNet.Perf.Receipts.Schema;
using static BitNet.Perf.Receipts.Tests.SyntheticReceipt;

namespace BitNet.Perf.Receipts.Tests;

internal static class WorkloadBreakages
{
    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("id twice", "workload-id", "$.workloads[5].id", r => r with { Workloads = [.. r.Workloads, r.Workloads[0]] }),
        new("id not of the grammar", "workload-id", "$.workloads[4].id", r => Rename(r, Control, "probe/control")),
        new("definition without version", "definition", "$.workloads[0].definition", r => r.With(Gemv, w => w with { Definition = "gemv" })),
        new("threads other than the id's", "threads", "$.workloads[4].threads", r => r.With(Control, w => w with { Threads = 2 })),
        new("threads not among the settings", "threads", "$.workloads[0].threads", r => r with { Settings = r.Settings with { Threads = [1] } }),
        new("unknown unit", "unit", "$.workloads[4].unit", r => r.With(Control, w => w with { Unit = "ticks" })),
        new("rate called a time", "unit", "$.workloads[2].metric", r => r.With(Decode, w => w with { Metric = Metric.Time })),
        new("more time called better", "unit", "$.workloads[0].better", r => r.With(Gemv, w => w with { Better = Better.Higher })),
        new("multiply-adds of another shape", "work", "$.workloads[0].work.multiplyAdds",
            r => r.With(Gemv, w => (w with { Work = w.Work with { MultiplyAdds = w.Work.MultiplyAdds * 2 } }).Summarized())),
        new("tokens of another setting", "work", "$.workloads[2].work.tokens", r => r.With(Decode, w => Reworked(w, w.Work with { Tokens = 64 }))),
        new("bytes of another format", "work", "$.workloads[1].work.bytes", r => r.With(Hot, w => (w with { Work = w.Work with { Bytes = w.Work.Bytes / 2 } }).Summarized())),
        new("no bytes at all", "work", "$.workloads[1].work.bytes", r => r.With(Hot, w => (w with { Work = w.Work with { Bytes = 0 } }).Summarized())),
        new("tokens of a kernel", "work", "$.workloads[0].work.tokens", r => r.With(Gemv, w => w with { Work = w.Work with { Tokens = 1 } })),
        new("bytes that the model's shape does not give", "work", "$.workloads[2].work.bytes",
            r => r.With(Decode, w => (w with { Work = w.Work with { Bytes = w.Work.Bytes * 99 / 100 } }).Summarized())),
        new("multiply-adds that the model's shape does not give", "work", "$.workloads[2].work.multiplyAdds",
            r => r.With(Decode, w => (w with { Work = w.Work with { MultiplyAdds = 1_000_000 } }).Summarized())),
        new("bytes of another packing", "work", "$.workloads[5].work.bytes", r => Beside(r, "kernel/gemv/base3/avx512/6912x2560/b1/hot/t2", new() { Bytes = 6912 * 2560 / 6 })),
        new("attention over another context", "work", "$.workloads[5].work.bytes", r => Beside(r, "kernel/attention/f16/avx512/ctx128/b1/hot/t2", new() { Bytes = 4 * 640 * 127 }, "attention/1")),
        new("no result", "result", "$.workloads[0].result", r => r.With(Gemv, w => w with { Result = null })),
        new("nothing checked", "result", "$.workloads[0].result", r => r.With(Gemv, w => w with { Result = w.Result! with { Checked = 0 } })),
        new("result digest malformed", "sha256", "$.workloads[0].result.digest", r => r.With(Gemv, w => w with { Result = w.Result! with { Digest = "sha256:12" } })),
        new("samples of no launch", "launch-reference", "$.workloads[4].launches[3].launch",
            r => r.With(Control, w => (w with { Launches = [.. w.Launches, w.Launches[2] with { Launch = 4 }] }).Summarized())),
        new("launch twice", "launch-reference", "$.workloads[4].launches[3].launch",
            r => r.With(Control, w => (w with { Launches = [.. w.Launches, w.Launches[2]] }).Summarized())),
        new("other operations in one launch", "operations", "$.workloads[0].launches[2].operations", r => r.With(Gemv, w => Recounted(w, 3, 101))),
        new("iteration missing", "iterations", "$.workloads[0].launches[0].nanoseconds", r => r.With(Gemv, w => w.WithSamples(s => s with
        {
            Nanoseconds = [.. s.Nanoseconds.Skip(1)],
            Values = [.. s.Values.Skip(1)],
        }))),
        new("negative allocation", "allocated", "$.workloads[0].launches[0].allocatedBytes", r => r.With(Gemv, w => w.WithSamples(s => s with { AllocatedBytes = -1 }))),
        new("read pattern of a workload that reads none", "read-pattern", "$.workloads[0].launches[0].readPattern", r => r.With(Gemv, w => w.WithSamples(s => s with { ReadPattern = "1 stream, 0 bytes ahead" }))),
        new("an exact head marked lossy", "lossy", "$.workloads[0].lossy", r => r.With(Gemv, w => w with { Lossy = true })),
        new("a lossy head not marked", "lossy", "$.workloads[2].lossy", r => Rename(Countless(r with { Phases = null }), Decode, "e2e/decode/i2s+q8_0/tg32@ctx0/t2")),
        new("a lossy head marked false", "lossy", "$.workloads[2].lossy",
            r => Rename(Countless(r with { Phases = null }).With(Decode, w => w with { Lossy = false }), Decode, "e2e/decode/i2s+q6_k/tg32@ctx0/t2")),
        new("time below zero", "positive", "$.workloads[4].launches[0].nanoseconds[0]", r => r.With(Control, w => w.WithSamples(s =>
            WorkloadFigures.Samples(Unit.Nanoseconds, w.Work, s.Launch, s.Operations, [-1, .. s.Nanoseconds.Skip(1)])))),
        new("value that does not follow", "values", "$.workloads[0].launches[0].values[1]", r => r.With(Gemv, w => w.WithSamples(s => s with
        {
            Values = [s.Values[0], Math.BitIncrement(s.Values[1]), .. s.Values.Skip(2)],
        }))),
        new("value too many", "values", "$.workloads[0].launches[0].values", r => r.With(Gemv, w => w.WithSamples(s => s with { Values = [.. s.Values, s.Values[0]] }))),
        new("tokens per second without tokens", "values", "$.workloads[2].launches[0].values", r => r.With(Decode, w => w with
        {
            Work = w.Work with { Tokens = null },
            Summary = w.Summary with { GigabytesPerSecond = null },
        })),
        new("median", "summary", "$.workloads[0].summary.median", r => Summary(r, s => s with { Median = Math.BitIncrement(s.Median) })),
        new("minimum", "summary", "$.workloads[0].summary.minimum", r => Summary(r, s => s with { Minimum = Math.BitDecrement(s.Minimum) })),
        new("maximum", "summary", "$.workloads[0].summary.maximum", r => Summary(r, s => s with { Maximum = Math.BitIncrement(s.Maximum) })),
        new("spread", "summary", "$.workloads[0].summary.launchSpread", r => Summary(r, s => s with { LaunchSpread = s.LaunchSpread * 1.001 })),
        new("spread left out", "summary", "$.workloads[0].summary.launchSpread", r => Summary(r, s => s with { LaunchSpread = null })),
        new("bandwidth", "summary", "$.workloads[0].summary.gigabytesPerSecond", r => Summary(r, s => s with { GigabytesPerSecond = s.GigabytesPerSecond * 0.99 })),
        new("multiply-adds", "summary", "$.workloads[0].summary.gigaMultiplyAddsPerSecond", r => Summary(r, s => s with { GigaMultiplyAddsPerSecond = 1 })),
        new("multiply-adds of a probe", "summary", "$.workloads[4].summary.gigaMultiplyAddsPerSecond",
            r => r.With(Control, w => w with { Summary = w.Summary with { GigaMultiplyAddsPerSecond = 1 } })),
        new("faster than memory", "probe-exceeded", "$.workloads[0].summary.gigabytesPerSecond", r => r.With(Gemv, w => Faster(w, 4.3))),
        new("faster than memory end to end", "probe-exceeded", "$.workloads[2].summary.gigabytesPerSecond", r => r.With(Decode, w => Faster(w, 1.6))),
        new("no probe to hold it against", "probe-missing", "$.workloads[0].summary.gigabytesPerSecond", r => Without(r, Probe)),
        new("no check of the host", "control-missing", "$.workloads", r => Without(r, Control)),
        new("nothing measured", "workloads", "$.workloads", Nothing),
        new("workload without samples", "samples", "$.workloads[4].launches", WithoutSamples),
    ];

    private static Receipt Summary(Receipt receipt, Func<WorkloadSummary, WorkloadSummary> change) =>
        receipt.With(Gemv, workload => workload with { Summary = change(workload.Summary) });

    /// <summary>Without the bytes of the head that the name will not say any more.</summary>
    private static Receipt Countless(Receipt receipt) => receipt.With(Decode, workload => (workload with { Work = workload.Work with { Bytes = null } }).Summarized());

    /// <summary>One workload more, measured in every launch.</summary>
    private static Receipt Beside(Receipt receipt, string id, WorkPerOperation work, string definition = "gemv/1") => receipt with
    {
        Workloads = [.. receipt.Workloads, Workload(id, definition, Unit.Nanoseconds, work, receipt.Launches.Count, 100, 70_000, "i2s-avx512")],
        Launches = [.. receipt.Launches.Select(launch => launch with { Order = [.. launch.Order, id] })],
    };

    private static Receipt Rename(Receipt receipt, string id, string name) => receipt.With(id, workload => workload with { Id = name }) with
    {
        Launches = [.. receipt.Launches.Select(launch => launch with { Order = [.. launch.Order.Select(entry => entry == id ? name : entry)] })],
    };

    private static WorkloadRecord Recounted(WorkloadRecord workload, int launch, long operations) => (workload with
    {
        Launches = [.. workload.Launches.Select(samples => samples.Launch == launch
            ? WorkloadFigures.Samples(Unit.Find(workload.Unit)!, workload.Work, launch, operations, samples.Nanoseconds, samples.AllocatedBytes)
            : samples)],
    }).Summarized();

    private static WorkloadRecord Reworked(WorkloadRecord workload, WorkPerOperation work) => (workload with
    {
        Work = work,
        Launches = [.. workload.Launches.Select(samples =>
            WorkloadFigures.Samples(Unit.Find(workload.Unit)!, work, samples.Launch, samples.Operations, samples.Nanoseconds, samples.AllocatedBytes))],
    }).Summarized();

    private static WorkloadRecord Faster(WorkloadRecord workload, double factor) => (workload with
    {
        Launches = [.. workload.Launches.Select(samples => WorkloadFigures.Samples(Unit.Find(workload.Unit)!, workload.Work, samples.Launch, samples.Operations,
            [.. samples.Nanoseconds.Select(nanoseconds => nanoseconds / factor)], samples.AllocatedBytes))],
    }).Summarized();

    private static Receipt Without(Receipt receipt, string id) => receipt with
    {
        Workloads = [.. receipt.Workloads.Where(workload => workload.Id != id)],
        Launches = [.. receipt.Launches.Select(launch => launch with { Order = [.. launch.Order.Where(entry => entry != id)] })],
    };

    private static Receipt Nothing(Receipt receipt) => receipt with
    {
        Workloads = [],
        Phases = null,
        Launches = [.. receipt.Launches.Select(launch => launch with { Order = [] })],
    };

    // Every launch is incomplete, or it would be said to lack the workload.
    private static Receipt WithoutSamples(Receipt receipt) => receipt with
    {
        Status = RunStatus.Incomplete,
        Workloads = [.. receipt.Workloads.Select(workload => workload.Id == Control ? workload with { Launches = [] } : workload)],
        Launches = [.. receipt.Launches.Select(launch => launch with
        {
            Outcome = LaunchOutcome.Interrupted,
            Failure = "interrupted",
            Order = [.. launch.Order.Where(entry => entry != Control)],
        })],
    };
}
