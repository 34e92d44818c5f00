using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Bench.Tests.Host;

public class BuildProbeTests
{
    [Fact]
    public void The_sdk_and_configuration_are_those_of_the_build()
    {
        var build = BuildProbe.Describe(new Dictionary<string, string>());
        Assert.Matches(@"^\d+\.\d+\.\d+", build.Sdk);
        Assert.Contains(build.Configuration, (string[])["Release", "Debug"]);
        Assert.StartsWith(".NET ", build.Runtime, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_is_forty_digits_and_stands_with_the_state_of_the_checkout()
    {
        var build = BuildProbe.Describe(new Dictionary<string, string>());
        if (build.Commit is null)
            Assert.Null(build.Dirty);
        else
            Assert.Matches("^[0-9a-f]{40}$", build.Commit);
    }

    [Fact]
    public void Runtime_variables_are_kept_without_those_that_name_folders()
    {
        var kept = BuildProbe.RuntimeVariables(new Dictionary<string, string>
        {
            ["DOTNET_TieredCompilation"] = "0",
            ["DOTNET_EnableAVX512F"] = "0",
            ["DOTNET_ROOT"] = "dotnet",
            ["DOTNET_JitStdOutFile"] = "/somewhere/out",
            ["DOTNET_NOLOGO"] = "1",
            ["PATH"] = "bin",
        });
        Assert.Equal(["DOTNET_EnableAVX512F", "DOTNET_TieredCompilation"], kept.Keys);
    }

    [Fact]
    public void Jit_settings_follow_the_environment_and_the_defaults_of_the_runtime()
    {
        var off = BuildProbe.Jit(new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = "0", ["DOTNET_ReadyToRun"] = "0" });
        Assert.False(off.TieredCompilation);
        Assert.False(off.ReadyToRun);
        Assert.True(BuildProbe.Jit(new Dictionary<string, string>()).TieredCompilation);
    }
}
