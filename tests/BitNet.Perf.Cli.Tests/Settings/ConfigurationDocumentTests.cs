using System.Text.RegularExpressions;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Tests.Settings;

/// <summary>docs/configuration.md says what the program does.</summary>
public partial class ConfigurationDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Root(), "docs", "configuration.md"));

    [Fact]
    public void The_table_lists_every_setting_with_its_option_and_variable_in_order()
    {
        (string, string, string)[] rows = [.. Row().Matches(Text).Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value))];
        Assert.Equal(PerfSettings.All.Select(setting => (setting.Key, setting.OptionName, setting.Variable)), rows);
    }

    [Fact]
    public void The_example_is_a_configuration_file()
    {
        using var workspace = new Workspace();
        workspace.Text("bitnet-perf.json", Example().Match(Text).Groups[1].Value);
        ConfigurationFile file = ConfigurationFile.InFolder(workspace.Folder);
        Assert.Equal(["3%"], file.Texts(PerfSettings.Threshold));
        Assert.Equal(["kernel/norm/**", "e2e/**"], file.Thresholds.Select(rule => rule.Pattern.ToString()));
    }

    [GeneratedRegex(@"^\| `(\w+)` \| `(--[\w-]+)`[^|]* \| `(\w+)`", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "BitNet.Perf.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("BitNet.Perf.sln was not found above the test's folder");
    }
}
