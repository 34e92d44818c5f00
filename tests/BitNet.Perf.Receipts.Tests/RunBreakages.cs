using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

internal static class RunBreakages
{
    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("run without a time", "run-name", "$.run", r => r with { Run = "monday" }),
        new("run with a short suffix", "run-name", "$.run", r => r with { Run = "20260131T081500Z-4f" }),
        new("run begins after the receipt was written", "time", "$.run", r => r with { Run = "20260201T081500Z-4f2a90c1", Launches = Later(r, 1) }),
        new("written before the format existed", "time", "$.createdUtc", r => r with { CreatedUtc = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero) }),
        new("written in the future", "time", "$.createdUtc", r => r with { CreatedUtc = DateTimeOffset.UtcNow.AddDays(9) }),
        new("launch before the run", "time", "$.launches[0].startedUtc", r => r.WithLaunch(1, l => l with { StartedUtc = l.StartedUtc.AddDays(-1) })),
        new("launch before the one before it ended", "time", "$.launches[1].startedUtc", r => r.WithLaunch(1, l => l with { WallSeconds = 160 })),
        new("launch after the receipt was written", "time", "$.launches[0].startedUtc", r => r.WithLaunch(1, l => l with { StartedUtc = l.StartedUtc.AddHours(1) })),
        new("launch ends after the receipt was written", "time", "$.launches[2].startedUtc", r => r.WithLaunch(3, l => l with { WallSeconds = 900 })),
        new("unknown suite", "suite", "$.suite", r => r with { Suite = "speedy" }),
        new("generator without version", "generator", "$.generator", r => r with { Generator = r.Generator with { Version = "" } }),
        new("protocol 0", "generator", "$.generator", r => r with { Generator = r.Generator with { Protocol = 0 } }),
        new("filter with white space", "filter", "$.filters[0]", r => r with { Filters = ["kernel/ **"] }),
        new("warning code in words", "warning", "$.warnings[0]", r => r with { Warnings = [new("Launch lost", null, "text")] }),
        new("warning without message", "warning", "$.warnings[0]", r => r with { Warnings = [new("noisy", null, "")] }),
        new("source of a run of this program", "source", "$.source", r => r with { Source = new() { Harness = "llama-bench", Citation = null, Facts = Map("threads", "2") } }),
        new("absolute path in a warning", "path", "$.warnings[0].message", r => r with { Warnings = [new("noisy", null, "see /var/tmp/log.txt")] }),
        new("home folder in the environment", "path", "$.settings.environment.X", r => r with { Settings = r.Settings with { Environment = Map("X", "~/models") } }),
        new("path as a name", "path", "$.settings.environment", r => r with { Settings = r.Settings with { Environment = Map("C:\\x", "1") } }),
        new("Windows path in a launch's failure", "path", "$.launches[2].failure", r => WithLostLaunch(r, "crashed in C:\\Users\\ada\\x.dll")),
        new("no threads", "settings", "$.settings.launchesPlanned", r => r with { Settings = r.Settings with { LaunchesPlanned = 0 } }),
        new("threads twice", "settings", "$.settings.threads", r => r with { Settings = r.Settings with { Threads = [2, 2] } }),
        new("negative warm-ups", "settings", "$.settings.kernelWarmups", r => r with { Settings = r.Settings with { KernelWarmups = -1 } }),
        new("iteration without length", "settings", "$.settings.kernelIterationMilliseconds", r => r with { Settings = r.Settings with { KernelIterationMilliseconds = 0 } }),
        new("cold bytes unknown", "cold-bytes", "$.settings.coldBytes", r => r with { Settings = r.Settings with { ColdBytes = null } }),
        new("cold bytes within the cache", "cold-bytes", "$.settings.coldBytes", r => r with { Settings = r.Settings with { ColdBytes = 32 << 20 } }),
    ];

    private static SortedDictionary<string, string> Map(string name, string text) => new() { [name] = text };

    private static IReadOnlyList<LaunchRecord> Later(Receipt receipt, int days) =>
        [.. receipt.Launches.Select(launch => launch with { StartedUtc = launch.StartedUtc.AddDays(days) })];

    private static Receipt WithLostLaunch(Receipt receipt, string failure) =>
        Breakages.LoseLaunch(receipt, 3).WithLaunch(3, launch => launch with { Failure = failure }) with
        {
            Warnings = [new(WarningCodes.LaunchLost, WarningCodes.LaunchSubject(3), "lost")],
        };
}
