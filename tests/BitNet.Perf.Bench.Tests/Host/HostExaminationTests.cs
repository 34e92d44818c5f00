using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Host.Disturbances;

namespace BitNet.Perf.Bench.Tests.Host;

/// <summary>What is found on captured hosts: one on which everything is wrong, one on which nothing is, and one that tells nothing.</summary>
public class HostExaminationTests
{
    private static readonly CpuIdentification Bare = new() { Hypervisor = "" };

    /// <param name="later">The same host a second later; null where nothing is known of the load.</param>
    private static Dictionary<string, HostFinding> Examine(string host, string? later, CpuIdentification? cpuid, Func<HostCondition, HostCondition>? change = null)
    {
        using var captured = new CapturedHost(host);
        using var second = later is null ? null : new CapturedHost(later);
        IReadOnlyList<int> allowed = AllowedProcessors.FromStatus(captured.Files.Read("/proc/self/status"));
        var condition = new HostCondition
        {
            Files = captured.Files,
            Host = HostProbe.Describe(captured.Files, cpuid, allowed.Count, _ => null),
            Allowed = allowed,
            Topology = SysTopology.Read(captured.Files),
            Build = BuildProbe.Describe(new Dictionary<string, string>()) with { Configuration = "Release" },
            Variables = new Dictionary<string, string>(),
            Debugger = false,
            Bound = true,
            Timer = new TimerReading(1_000_000_000, 20, 25),
            Load = second is null ? null : OtherLoad.Between(LoadReading.Now(captured.Files), LoadReading.Now(second.Files), own: 10),
        };
        return HostExamination.Of(change is null ? condition : change(condition)).ToDictionary(finding => finding.Code);
    }

    private static Dictionary<string, HostFinding> Disturbed(Func<HostCondition, HostCondition>? change = null) => Examine("disturbed-laptop", "disturbed-laptop-later", Bare, change);

    [Fact]
    public void On_a_quiet_server_everything_is_fine()
    {
        var findings = Examine("quiet-server", "quiet-server-later", Bare);
        Assert.All(findings.Values, finding => Assert.Equal((finding.Code, Severity.Fine), (finding.Code, finding.Severity)));
        Assert.Equal(18, findings.Count);
    }

    [Theory]
    [InlineData("governor", Severity.Disturbs, "powersave, clock between 0.8 and 4.2 GHz, driver acpi-cpufreq", "cpupower frequency-set -g performance")]
    [InlineData("turbo", Severity.MayDisturb, "on", "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost")]
    [InlineData("energy-preference", Severity.MayDisturb, "balance_power", "echo performance | sudo tee")]
    [InlineData("battery", Severity.Disturbs, "discharging", "plug the machine in")]
    [InlineData("idle-states", Severity.MayDisturb, "deepest C6, 170 µs to wake", "cpupower idle-set")]
    [InlineData("smt", Severity.MayDisturb, "processors 0,2 share their cores with 1,3", "echo off | sudo tee /sys/devices/system/cpu/smt/control")]
    [InlineData("cpu-limit", Severity.Disturbs, "2.5 cores for 4 processors, held back in 17 periods so far", "lift the limit")]
    [InlineData("processor-set", Severity.MayDisturb, "4 of 8 processors (0-3)", null)]
    [InlineData("steal", Severity.Disturbs, "12.5 % of the processor time", "measure at another time")]
    [InlineData("other-load", Severity.Disturbs, "1.70 processors busy with other things, load average 3.20: in dex (v2) (77) 1.20, compiler (79) 0.20", "stop it")]
    [InlineData("huge-pages", Severity.Disturbs, "never", "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled")]
    [InlineData("memory", Severity.Disturbs, "878 MiB available for a model of", "--model synthetic:small")]
    [InlineData("debugger", Severity.Disturbs, "process 4711 traces this one", "start the program without it")]
    public void On_a_disturbed_laptop_each_disturbance_is_found_with_its_figure_and_its_mending(string code, Severity severity, string found, string? mend)
    {
        HostFinding finding = Disturbed()[code];
        Assert.Equal(severity, finding.Severity);
        Assert.StartsWith(found, finding.Found);
        Assert.NotEmpty(finding.Cost!);
        if (mend is null)
            Assert.Null(finding.Mend);
        else
            Assert.Contains(mend, finding.Mend);
    }

    [Fact]
    public void The_table_of_docs_doctor_names_every_code_and_no_other()
    {
        string document = File.ReadAllText(Path.Combine(Repository(), "docs", "doctor.md"));
        IEnumerable<string> documented = System.Text.RegularExpressions.Regex.Matches(document, "^\\| `([a-z-]+)` \\|", System.Text.RegularExpressions.RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        Assert.Equal(Disturbed().Keys.Order(), documented.Order());

        static string Repository([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..");
    }

    [Fact]
    public void The_gravest_findings_come_first()
    {
        Severity[] severities = [.. Disturbed().Values.Select(finding => finding.Severity)];
        Assert.Equal(severities.Order(), severities);
        Assert.Equal(Severity.Disturbs, severities[0]);
    }

    // The power supply is the one thing that an absent folder and an empty one tell apart; the program's own state is always known.
    [Fact]
    public void What_cannot_be_read_is_unknown_and_never_fine()
    {
        var findings = Examine("wsl2", null, null);
        string[] fine = [.. findings.Values.Where(finding => finding.Severity == Severity.Fine).Select(finding => finding.Code).Order()];
        Assert.Equal(["affinity", "build", "debugger", "memory", "runtime-variables", "timer"], fine);
        Assert.All(findings.Values.Where(finding => finding.Severity == Severity.Unknown), finding => Assert.NotEmpty(finding.Cost!));
    }

    [Fact]
    public void In_a_virtual_machine_whole_cores_and_no_stolen_time_prove_nothing()
    {
        var findings = Examine("quiet-server", "quiet-server-later", new CpuIdentification { Hypervisor = "KVMKVMKVM" }, condition => condition with
        {
            Load = condition.Load! with { StolenEver = false },
        });
        Assert.Equal(Severity.Unknown, findings["smt"].Severity);
        Assert.Contains("kvm", findings["smt"].Found);
        Assert.Equal(Severity.Unknown, findings["steal"].Severity);
        Assert.Equal(Severity.Fine, Examine("quiet-server", "quiet-server-later", new CpuIdentification { Hypervisor = "KVMKVMKVM" })["steal"].Severity);
    }

    [Theory]
    [InlineData(50_000_000, Severity.Disturbs)] // as system clocks that step with the timer interrupt
    [InlineData(15_000, Severity.MayDisturb)]
    [InlineData(100, Severity.Fine)]
    public void A_timer_is_judged_by_the_share_of_an_iteration_that_one_step_is(double step, Severity expected) =>
        Assert.Equal(expected, Disturbed(c => c with { Timer = c.Timer with { StepNanoseconds = step } })["timer"].Severity);

    [Theory]
    [InlineData(1200, Severity.MayDisturb, "echo tsc")]
    [InlineData(30, Severity.Fine, null)]
    public void A_clock_source_other_than_the_processor_s_is_judged_by_what_a_reading_takes(double nanoseconds, Severity expected, string? mend)
    {
        HostFinding finding = Disturbed(c => c with { Timer = c.Timer with { ReadNanoseconds = nanoseconds } })["clock-source"];
        Assert.Equal((expected, true), (finding.Severity, finding.Found.StartsWith("hpet, a reading takes ", StringComparison.Ordinal)));
        Assert.Equal(mend is not null, finding.Mend?.StartsWith(mend ?? "-", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0", Severity.Disturbs)]
    [InlineData("DOTNET_TieredCompilation", "1", Severity.Fine)] // the worker sets it itself
    [InlineData("DOTNET_GCHeapCount", "2", Severity.MayDisturb)]
    [InlineData("COMPlus_JitStress", "1", Severity.Disturbs)]
    [InlineData("CORECLR_ENABLE_PROFILING", "1", Severity.Disturbs)]
    [InlineData("CORECLR_ENABLE_PROFILING", "0", Severity.Fine)]
    [InlineData("DOTNET_CLI_TELEMETRY_OPTOUT", "1", Severity.Fine)]
    [InlineData("HOME", "x", Severity.Fine)]
    public void Variables_that_workers_inherit_are_found_unless_workers_set_them(string name, string value, Severity expected)
    {
        HostFinding finding = Disturbed(c => c with { Variables = new Dictionary<string, string> { [name] = value } })["runtime-variables"];
        Assert.Equal(expected, finding.Severity);
        if (expected != Severity.Fine)
            Assert.Equal(($"{name}={value}", $"unset {name}"), (finding.Found, finding.Mend));
    }

    [Fact]
    public void A_Debug_build_a_managed_debugger_and_unbound_threads_disturb()
    {
        var findings = Disturbed(c => c with { Build = c.Build with { Configuration = "Debug" }, Debugger = true, Bound = false });
        Assert.Equal(Severity.Disturbs, findings["build"].Severity);
        Assert.Equal("a managed debugger is attached", findings["debugger"].Found);
        Assert.Equal(Severity.Disturbs, findings["affinity"].Severity);
        Assert.Equal(Severity.Unknown, Disturbed(c => c with { Build = c.Build with { Configuration = "unknown" } })["build"].Severity);
    }

    [Fact]
    public void On_Intel_s_own_driver_powersave_follows_the_load_and_only_may_disturb()
    {
        using var captured = new CapturedHost("intel-smt");
        captured.Write("/sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", "intel_pstate\n");
        HostFinding finding = Disturbed(c => c with { Files = captured.Files, Host = c.Host with { Governor = "powersave" } })["governor"];
        Assert.Equal((Severity.MayDisturb, "powersave"), (finding.Severity, finding.Found));
    }

    [Fact]
    public void Huge_pages_that_are_only_given_when_free_may_disturb()
    {
        using var captured = new CapturedHost("quiet-server");
        captured.Write("/sys/kernel/mm/transparent_hugepage/defrag", "always defer defer+madvise madvise [never]\n");
        Assert.Equal(Severity.MayDisturb, Disturbed(c => c with { Files = captured.Files, Host = c.Host with { TransparentHugePages = "madvise" } })["huge-pages"].Severity);
    }

    [Fact]
    public void A_host_on_which_no_tick_passed_tells_nothing_of_its_load()
    {
        using var captured = new CapturedHost("quiet-server");
        LoadReading reading = LoadReading.Now(captured.Files)!;
        Assert.Null(OtherLoad.Between(reading, reading, 10));
        Assert.Null(OtherLoad.Between(null, reading, 10));
    }

    [Fact]
    public void The_timer_of_this_machine_has_a_step_and_a_cost()
    {
        TimerReading reading = TimerReading.Measure();
        Assert.True(reading.StepNanoseconds > 0);
        Assert.True(reading.ReadNanoseconds >= 0);
        Assert.Equal(System.Diagnostics.Stopwatch.Frequency, reading.Frequency);
    }
}
