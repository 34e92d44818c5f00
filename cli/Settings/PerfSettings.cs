using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Cli.Settings;

/// <summary>Every setting, in the order of the help. A command takes some of them as options; the file and the environment may hold all.</summary>
public static class PerfSettings
{
    public static Setting<Suite> Suite { get; } = One("suite", "Workloads to measure; quick unless given.", "quick|gate|kernels|e2e|full", Bench.Workloads.Suite.Quick,
        text => Bench.Workloads.Suite.Find(text) ?? throw new FormatException($"\"{text}\"; expected one of {Bench.Workloads.Suite.Names}"));

    public static Setting<IReadOnlyList<string>> Filter { get; } = new("filter",
        "Only workloads whose id matches; repeatable. * stops at /, ** does not.", "GLOB", SettingArity.Many, [], SettingText.Globs);

    public static Setting<string?> Model { get; } = One<string?>("model",
        "A GGUF file, or a synthetic model that is made and cached: synthetic:2b, synthetic:small, synthetic:tiny. "
        + "Without it the 2b shape, or the small one where disk or memory is short.", "FILE|synthetic:SHAPE", null, SettingText.Name);

    public static Setting<IReadOnlyList<int>?> Threads { get; } = new("threads",
        "Numbers of threads to measure with; without it 1 and all.", "1,2", SettingArity.Many, null, SettingText.Threads);

    public static Setting<int?> Launches { get; } = One<int?>("launches",
        "Worker processes, each of which measures every workload once; without it as many as the suite says.", "N", null, text => SettingText.Count(text, 1, 1000));

    public static Setting<int> Repeat { get; } = One("repeat", "Runs to make, each with its own receipt.", "N", 1, text => SettingText.Count(text, 1, 100));

    public static Setting<TimeSpan> Pause { get; } = One("pause", "Time between two runs.", "30m", TimeSpan.Zero, SettingText.Duration);

    public static Setting<int> Pairs { get; } = One("pairs", "Pairs of launches, one of each side; 20 unless given. What is undecided then is measured on to half as many again.", "N", InterleavedOptions.DefaultPairs, text => SettingText.Count(text, 1, 1000));

    public static Setting<TimeSpan?> Budget { get; } = One<TimeSpan?>("budget", "Time for checks and launches together: ab makes as many pairs as are predicted to fit in, gate measures on for as long (20m unless given).", "20m", null, text => SettingText.Duration(text));

    public static Setting<string> Baseline { get; } = One("baseline",
        "What to compare with: receipts or a baseline; auto is the stored baseline of this host and suite, if there is one.", "PATH|auto|none", "auto", SettingText.Name);

    public static Setting<string> FailOn { get; } = One("failOn",
        "Whether the comparison decides the exit code.", "none|regressed", "none", text => SettingText.OneOf(text, "none", "regressed"));

    public static Setting<string> Baselines { get; } = One("baselines", "Folder of the stored baselines.", "DIR", "baselines", SettingText.Name);

    public static Setting<double> Threshold { get; } = One("threshold",
        "Smallest change that matters, where no pattern of the configuration covers the workload.", "3%", 0.03, SettingText.Percentage);

    public static Setting<int> StaleDays { get; } = One("staleDays", "Days after which a stored baseline is called old.", "N", 90, text => SettingText.Count(text, 0, 100_000));

    public static Setting<int> StaleCommits { get; } = One("staleCommits", "Commits after which a stored baseline is called old.", "N", 200, text => SettingText.Count(text, 0, 1_000_000));

    public static Setting<bool> AllowUndecided { get; } = Flag("allowUndecided", "Undecided workloads do not fail.");

    public static Setting<bool> AllowIncomplete { get; } = Flag("allowIncomplete", "Take receipts of interrupted runs.");

    public static IReadOnlyList<Setting> All { get; } =
        [Suite, Filter, Model, Threads, Launches, Repeat, Pause, Pairs, Budget, Baseline, FailOn, Baselines, Threshold, StaleDays, StaleCommits, AllowUndecided, AllowIncomplete];

    private static Setting<T> One<T>(string key, string description, string argument, T fallback, Func<string, T> parse) =>
        new(key, description, argument, SettingArity.One, fallback, texts => parse(texts[0]));

    private static Setting<bool> Flag(string key, string description) =>
        new(key, description, "", SettingArity.Flag, false, texts => SettingText.Flag(texts[0]));
}
