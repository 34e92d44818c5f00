using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class BaselinePublicationTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly PublicationTerms Terms = new("reason", Now);

    private static Receipt Sound => SyntheticReceipt.Create();

    // Another run of the same thing; sorts after the sound one.
    private static Receipt Other => SyntheticReceipt.Create(run: "20260131T081501Z-00000002") with { CreatedUtc = Sound.CreatedUtc.AddSeconds(9) };

    private static ReceiptException Refused(params Receipt[] receipts) => Refused("reason", receipts);

    private static ReceiptException Refused(string reason, params Receipt[] receipts) => Assert.Throws<ReceiptException>(() =>
        BaselinePublication.Create([.. receipts.Select((receipt, index) => ($"r{index}.json", receipt))], Terms with { Reason = reason }));

    private static void Refuses(string expected, params Receipt[] receipts)
    {
        ReceiptException e = Refused([.. receipts.Select(ReceiptDigest.Seal)]);
        Assert.Equal(ReceiptFault.Refused, e.Fault);
        Assert.StartsWith($"r{receipts.Length - 1}.json: not published: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sound_runs_may_be_published() => Assert.Empty(BaselineVerification.Verify(
        BaselinePublication.Create([("a", ReceiptDigest.Seal(Sound)), ("b", ReceiptDigest.Seal(Other))], Terms)));

    [Fact]
    public void Nothing_is_not_published() => Assert.Equal(ReceiptFault.Refused, Refused().Fault);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    [InlineData("see /home/ada/notes")]
    public void A_reason_is_one_line_without_paths(string reason) => Assert.Equal(ReceiptFault.Refused, Refused(reason, ReceiptDigest.Seal(Sound)).Fault);

    [Fact]
    public void An_unverified_receipt_is_not_published()
    {
        Assert.Equal(ReceiptFault.DigestMismatch, Refused(Sound).Fault);
        Assert.Equal(ReceiptFault.DigestMismatch, Refused(ReceiptDigest.Seal(Sound) with { Filters = ["**"] }).Fault);
        Assert.Equal(ReceiptFault.Arithmetic, Refused(ReceiptDigest.Seal(Sound with { HostKey = "another" })).Fault);
    }

    [Fact]
    public void An_incomplete_run_is_not_published() => Refuses("the run is incomplete", Sound with { Status = RunStatus.Incomplete });

    [Fact]
    public void Another_engine_s_figures_are_not_published() => Refuses("another engine", Sound with
    {
        Origin = ReceiptOrigin.External,
        Source = new() { Harness = "llama.cpp", Citation = "a page", Facts = new Dictionary<string, string>() },
        Warnings = [new(WarningCodes.External, null, "text"), new(WarningCodes.Unverified, null, "text")],
    });

    [Fact]
    public void A_run_with_a_wrong_result_is_not_published() =>
        Refuses("wrong result of " + SyntheticReceipt.Gemv, Sound with { Warnings = [new(WarningCodes.ResultDiffers, SyntheticReceipt.Gemv, "another output")] });

    [Fact]
    public void A_run_that_lost_a_launch_is_not_published()
    {
        LaunchRecord lost = Sound.Launches[0] with { Index = Sound.Launches.Count + 1, Outcome = LaunchOutcome.Crashed, Failure = "it crashed", Order = [], StartedUtc = Sound.Launches[^1].StartedUtc };
        Refuses($"launch {lost.Index} was lost", Sound with
        {
            Launches = [.. Sound.Launches, lost],
            Settings = Sound.Settings with { LaunchesPlanned = lost.Index },
            Warnings = [.. Sound.Warnings, new(WarningCodes.LaunchLost, WarningCodes.LaunchSubject(lost.Index), "it crashed")],
        });
    }

    [Fact]
    public void A_debug_build_is_not_published() => Refuses("Debug build", Sound with { Build = Sound.Build with { Configuration = "Debug" } });

    [Fact]
    public void A_build_that_does_extra_work_on_purpose_is_not_published() =>
        Refuses("extra work on purpose", Sound with
        {
            Build = Sound.Build with { ExtraKernelWork = 5 },
            Warnings = [new(WarningCodes.ExtraWork, null, "a build with ExtraKernelWork=5")],
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_build_without_a_clean_commit_is_published_only_when_allowed_and_a_warning_stays(bool known)
    {
        Receipt dirty = Sound with { Build = Sound.Build with { Commit = known ? Sound.Build.Commit : null, Dirty = known ? true : null } };
        Refuses(known ? "the checkout differed" : "the commit of the build is not known", dirty);
        Baseline baseline = BaselinePublication.Create([("r.json", ReceiptDigest.Seal(dirty))], Terms with { AllowDirty = true });
        ReceiptWarning warning = Assert.Single(baseline.Warnings);
        Assert.Equal((WarningCodes.DirtyBuild, dirty.Run), (warning.Code, warning.Subject));
        Assert.Empty(BaselineVerification.Verify(baseline));
        Baseline hushed = baseline with { Warnings = [] };
        hushed = hushed with { Digest = BaselineFile.ComputeDigest(hushed) };
        Assert.Equal("publishable", Assert.Single(BaselineVerification.Verify(hushed)).Code);
    }

    [Fact]
    public void Runs_of_different_commits_are_published_only_when_allowed_and_a_warning_with_the_reason_stays()
    {
        Receipt elsewhere = Other with { Build = Other.Build with { Commit = new string('a', 40) } };
        ReceiptException e = Refused(ReceiptDigest.Seal(Sound), ReceiptDigest.Seal(elsewhere));
        Assert.Equal((ReceiptFault.Refused, "not published: receipts of different commits: 012345678901, aaaaaaaaaaaa; expected runs of one commit, or --allow-mixed-commits"), (e.Fault, e.Message));
        Baseline baseline = BaselinePublication.Create(
            [("a", ReceiptDigest.Seal(Sound)), ("b", ReceiptDigest.Seal(elsewhere))], Terms with { AllowMixedCommits = true, Reason = "only docs between them" });
        ReceiptWarning warning = Assert.Single(baseline.Warnings);
        Assert.Equal((WarningCodes.MixedCommits, true), (warning.Code, warning.Message.EndsWith("allowed: only docs between them", StringComparison.Ordinal)));
        Assert.Empty(BaselineVerification.Verify(baseline));
        Baseline hushed = BaselinePublication.Sealed(baseline with { Warnings = [] });
        Assert.Equal("publishable", Assert.Single(BaselineVerification.Verify(hushed)).Code);
        // Versions that kept no history published such without a word.
        Assert.Empty(BaselineVerification.Verify(BaselinePublication.Sealed(hushed with { ChainLength = null })));
    }

    [Fact]
    public void A_filtered_run_is_published_with_a_warning()
    {
        Baseline baseline = BaselinePublication.Create([("r.json", ReceiptDigest.Seal(Sound with { Filters = ["kernel/**"] }))], Terms);
        Assert.Equal(WarningCodes.Filtered, Assert.Single(baseline.Warnings).Code);
    }

    [Fact]
    public void The_same_run_twice_is_not_published()
    {
        Refuses("is there twice", Sound, Sound);
        Refuses("is there twice", Sound, Sound with { CreatedUtc = Sound.CreatedUtc.AddSeconds(1) });
    }

    [Fact]
    public void Runs_of_different_hosts_are_not_published_together()
    {
        HostDescription host = Sound.Host with { MemoryBytes = 1L << 40 };
        Refuses("are different hosts", Sound, Other with { Host = host, HostKey = HostKey.From(host, Sound.Build.Runtime) });
    }

    [Fact]
    public void Runs_of_different_suites_are_not_published_together() => Refuses("are different suites", Sound, Other with { Suite = "full" });

    [Fact]
    public void Runs_of_different_models_are_not_published_together() =>
        Refuses("are different models", Sound, Other with { Model = Other.Model! with { Sha256 = new string('b', 64) } });

    [Fact]
    public void Runs_of_different_definitions_results_or_workloads_are_not_published_together()
    {
        Refuses("gemv/2", Sound, Other.With(SyntheticReceipt.Gemv, workload => workload with { Definition = "gemv/2" }));
        Refuses("another result", Sound, Other.With(SyntheticReceipt.Gemv, workload => workload with { Result = workload.Result! with { Digest = "sha256:" + new string('d', 64) } }));
        Receipt fewer = Other with
        {
            Workloads = [.. Other.Workloads.Where(workload => workload.Id != SyntheticReceipt.Hot)],
            Launches = [.. Other.Launches.Select(launch => launch with { Order = [.. launch.Order.Where(id => id != SyntheticReceipt.Hot)] })],
        };
        Refuses("lacks " + SyntheticReceipt.Hot, Sound, fewer);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "hostKey", "host-key" }, { "suite", "suite" }, { "reason", "reason" }, { "path", "path" }, { "supersedes", "sha256" }, { "merges", "merges" }, { "chain", "chain" }, { "time", "time" },
        { "receipts", "receipts" }, { "schema", "schema" }, { "digest", Finding.Digest }, { "median", "summary" }, { "twice", "duplicate" }, { "status", "publishable" },
        { "number", "number" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_of_a_sealed_baseline_is_found(string fault, string code)
    {
        Baseline sound = BaselinePublication.Create([("a", ReceiptDigest.Seal(Sound))], Terms);
        Baseline broken = fault switch
        {
            "hostKey" => sound with { HostKey = "other" },
            "suite" => sound with { Suite = "full" },
            "reason" => sound with { Reason = "" },
            "path" => sound with { Reason = "see /home/ada" },
            "supersedes" => sound with { Supersedes = "sha256:1", ChainLength = null },
            "merges" => sound with { Merges = sound.Digest },
            "chain" => sound with { ChainLength = 2 },
            "time" => sound with { PublishedUtc = Sound.CreatedUtc.AddDays(-1) },
            "receipts" => sound with { Receipts = [] },
            "schema" => sound with { Schema = "baseline/9" },
            "digest" => sound with { Digest = null },
            "median" => sound with { Receipts = [ReceiptDigest.Seal(sound.Receipts[0].With(SyntheticReceipt.Gemv, w => w with { Summary = w.Summary with { Median = 1 } }))] },
            "twice" => sound with { Receipts = [sound.Receipts[0], sound.Receipts[0]] },
            "status" => sound with { Receipts = [ReceiptDigest.Seal(sound.Receipts[0] with { Status = RunStatus.Incomplete })] },
            "number" => sound with { Receipts = [sound.Receipts[0] with { Settings = sound.Receipts[0].Settings with { OrderSeed = long.MinValue } }] },
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        if (fault is not ("digest" or "number"))
            broken = broken with { Digest = BaselineFile.ComputeDigest(broken) };
        IReadOnlyList<Finding> findings = BaselineVerification.Verify(broken);
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(code, finding.Code));
    }
}
