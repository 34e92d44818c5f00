using System.CommandLine;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Tests.Settings;

public class SettingTests
{
    [Theory]
    [InlineData("gate", "full", "kernels", "gate")]
    [InlineData(null, "full", "kernels", "full")]
    [InlineData(null, null, "kernels", "kernels")]
    [InlineData(null, "", "kernels", "kernels")]
    [InlineData(null, null, null, "quick")]
    public void An_option_beats_the_environment_which_beats_the_file_which_beats_the_default(string? option, string? variable, string? file, string expected)
    {
        using var workspace = new Workspace();
        if (file is not null)
            workspace.Text("bitnet-perf.json", $$"""{"suite": "{{file}}"}""");
        string[] typed = option is null ? [] : ["--suite", option];
        var suite = PerfSettings.Suite;
        Assert.Equal(expected, Sources(workspace, suite, typed, ("BITNET_PERF_SUITE", variable)).Value(suite).Name);
    }

    [Fact]
    public void A_repeatable_setting_takes_several_options_a_separated_variable_or_a_list_in_the_file()
    {
        using var workspace = new Workspace();
        workspace.Text("bitnet-perf.json", """{"filter": ["kernel/**", "probe/**"], "threads": [1, 2]} // by hand""");
        var filter = PerfSettings.Filter;
        Assert.Equal(["kernel/**", "probe/**"], Sources(workspace, filter, []).Value(filter));
        Assert.Equal(["e2e/**", "probe/*/t1"], Sources(workspace, filter, [], ("BITNET_PERF_FILTER", "e2e/**, probe/*/t1")).Value(filter));
        Assert.Equal(["a/*", "b/*"], Sources(workspace, filter, ["--filter", "a/*", "--filter", "b/*"]).Value(filter));
        var threads = PerfSettings.Threads;
        Assert.Equal([1, 2], Sources(workspace, threads, []).Value(threads));
        Assert.Equal([1, 8], Sources(workspace, threads, ["--threads", "8,1"]).Value(threads));
    }

    [Fact]
    public void Only_an_option_on_the_command_line_counts_as_typed()
    {
        using var workspace = new Workspace();
        var suite = PerfSettings.Suite;
        Assert.False(Sources(workspace, suite, []).IsTyped(suite));
        Assert.True(Sources(workspace, suite, ["--suite", "quick"]).IsTyped(suite));
        SettingSources variable = Sources(workspace, suite, [], ("BITNET_PERF_SUITE", "quick"));
        Assert.False(variable.IsTyped(suite));
    }

    [Theory]
    [InlineData("--threshold", "3", "--threshold: \"3\"; expected a percentage with its sign, e.g. 3%")]
    [InlineData("--threshold", "-3%", "--threshold: \"-3%\"; expected a percentage above 0% and up to 1000%, e.g. 3%")]
    [InlineData("--threshold", "%", "--threshold: \"%\"; expected a percentage above 0% and up to 1000%, e.g. 3%")]
    [InlineData("--threshold", "NaN%", "--threshold: \"NaN%\"; expected a percentage above 0% and up to 1000%, e.g. 3%")]
    public void A_threshold_that_is_no_percentage_is_wrong_usage(string option, string text, string message)
    {
        using var workspace = new Workspace();
        var threshold = PerfSettings.Threshold;
        CommandFailure failure = Assert.Throws<CommandFailure>(() => Sources(workspace, threshold, [option, text]).Value(threshold));
        Assert.Equal((ExitCode.Usage, message), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData("3%", 0.03)]
    [InlineData("0.5 %", 0.005)]
    [InlineData("150%", 1.5)]
    public void Percentages_are_shares(string text, double share) => Assert.Equal(share, SettingText.Percentage(text), 12);

    [Theory]
    [InlineData("30m", 1800)]
    [InlineData("45s", 45)]
    [InlineData("1.5h", 5400)]
    [InlineData("200ms", 0.2)]
    public void Durations_have_a_unit(string text, double seconds) => Assert.Equal(seconds, SettingText.Duration(text).TotalSeconds, 9);

    [Theory]
    [InlineData("30")]
    [InlineData("m")]
    [InlineData("-5s")]
    [InlineData("1000h")]
    [InlineData("")]
    public void Other_durations_are_refused(string text) => Assert.Throws<FormatException>(() => SettingText.Duration(text));

    [Theory]
    [InlineData("0")]
    [InlineData("1,1")]
    [InlineData("1,,2")]
    [InlineData("all")]
    public void Thread_counts_are_positive_and_each_once(string text) => Assert.Throws<FormatException>(() => SettingText.Threads([text]));

    [Theory]
    [InlineData("""{"sweet": "quick"}""", "unknown setting \"sweet\"; expected allowIncomplete, ")]
    [InlineData("""{"suite": ["quick"]}""", "\"suite\" is array; expected a text, a number or a truth value")]
    [InlineData("""{"suite": null}""", "\"suite\" is null; expected")]
    [InlineData("""{"suite": "a", "suite": "b"}""", "not JSON: ")]
    [InlineData("""{"threshold": 3}""", "\"threshold\": \"3\"; expected a percentage with its sign, e.g. 3%")]
    [InlineData("""{"thresholds": ["3%"]}""", "\"thresholds\": expected an object")]
    [InlineData("""{"thresholds": {"kernel/**": 3}}""", "\"thresholds\": \"kernel/**\": \"3\"; expected a percentage")]
    [InlineData("""{"thresholds": {"a b": "3%"}}""", "\"a b\" is not a pattern of workloads")]
    [InlineData("[]", "an object of settings was expected")]
    [InlineData("{", "not JSON: ")]
    public void A_bad_configuration_file_is_a_bad_input_named_with_the_setting(string text, string message)
    {
        using var workspace = new Workspace();
        workspace.Text("bitnet-perf.json", text);
        var threshold = PerfSettings.Threshold;
        CommandFailure failure = Assert.Throws<CommandFailure>(() => Sources(workspace, threshold, []).Value(threshold));
        Assert.Equal(ExitCode.BadInput, failure.Code);
        Assert.StartsWith("bitnet-perf.json: ", failure.Message);
        Assert.Contains(message, failure.Message);
    }

    [Fact]
    public void Thresholds_by_pattern_keep_their_order()
    {
        using var workspace = new Workspace();
        workspace.Text("bitnet-perf.json", """{"thresholds": {"kernel/norm/**": "10%", "kernel/**": "2%"}}""");
        ConfigurationFile file = ConfigurationFile.InFolder(workspace.Folder);
        Assert.Equal([("kernel/norm/**", 0.1), ("kernel/**", 0.02)], file.Thresholds.Select(rule => (rule.Pattern.ToString(), rule.Threshold)));
    }

    [Fact]
    public void Options_and_variables_follow_from_the_key()
    {
        Assert.Equal("--fail-on", PerfSettings.FailOn.OptionName);
        Assert.Equal("BITNET_PERF_FAIL_ON", PerfSettings.FailOn.Variable);
        Assert.Equal(PerfSettings.All.Count, PerfSettings.All.Select(setting => setting.Key).Distinct().Count());
    }

    private static SettingSources Sources(Workspace workspace, Setting setting, string[] arguments, params (string Name, string? Value)[] variables)
    {
        var root = new RootCommand { setting.ToOption() };
        ParseResult parse = root.Parse(arguments);
        Assert.Empty(parse.Errors);
        return new SettingSources(parse, name => variables.FirstOrDefault(v => v.Name == name).Value, ConfigurationFile.InFolder(workspace.Folder));
    }
}
