using System.Text.Json;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Settings;

/// <summary>bitnet-perf.json: an object with settings by their keys, and thresholds by patterns of workloads:
/// <c>{"suite": "quick", "threads": [1, 2], "threshold": "3%", "thresholds": {"e2e/**": "5%"}}</c>.</summary>
public sealed class ConfigurationFile
{
    public const string DefaultName = "bitnet-perf.json";

    private const string ThresholdsKey = "thresholds";

    private static readonly JsonDocumentOptions ByHand =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    private readonly Dictionary<string, IReadOnlyList<string>> _texts = new(StringComparer.Ordinal);

    private ConfigurationFile(string name) => Name = name;

    public static ConfigurationFile Empty { get; } = new("");

    /// <summary>As messages name it.</summary>
    public string Name { get; }

    /// <summary>Thresholds by pattern; the first that covers a workload decides.</summary>
    public IReadOnlyList<(WorkloadGlob Pattern, double Threshold)> Thresholds { get; private set; } = [];

    /// <summary>The texts given for a setting; null when the file does not mention it.</summary>
    public IReadOnlyList<string>? Texts(Setting setting) => _texts.GetValueOrDefault(setting.Key);

    /// <summary>The file in the folder, or none.</summary>
    public static ConfigurationFile InFolder(string folder)
    {
        string path = Path.Combine(folder, DefaultName);
        return File.Exists(path) ? Read(path, DefaultName) : Empty;
    }

    /// <param name="path">File to read.</param>
    /// <param name="name">As messages name it.</param>
    /// <exception cref="CommandFailure">Missing, unreadable, not of this form, or with a key that no setting has.</exception>
    public static ConfigurationFile Read(string path, string name)
    {
        byte[] content = AtomicFile.Read(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, ByHand);
            return From(document.RootElement, name);
        }
        catch (JsonException e)
        {
            throw CommandFailure.BadInput($"{name}: not JSON: {e.Message}", e);
        }
    }

    private static ConfigurationFile From(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw CommandFailure.BadInput($"{name}: an object of settings was expected, e.g. {{\"threshold\": \"3%\"}}");
        var file = new ConfigurationFile(name);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (member.Name == ThresholdsKey)
                file.Thresholds = Rules(member.Value, name);
            else if (PerfSettings.All.FirstOrDefault(setting => setting.Key == member.Name) is { } setting)
                file._texts.Add(setting.Key, Texts(setting, member.Value, name));
            else
                throw CommandFailure.BadInput($"{name}: unknown setting \"{member.Name}\"; expected {string.Join(", ", PerfSettings.All.Select(s => s.Key).Append(ThresholdsKey).Order())}");
        }
        return file;
    }

    private static IReadOnlyList<string> Texts(Setting setting, JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Array && setting.Arity == SettingArity.Many)
            return [.. value.EnumerateArray().Select(item => Text(setting, item, name))];
        return [Text(setting, value, name)];
    }

    private static string Text(Setting setting, JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw CommandFailure.BadInput($"{name}: \"{setting.Key}\" is {value.ValueKind.ToString().ToLowerInvariant()}; expected {(
            setting.Arity == SettingArity.Many ? "a text, a number or a list of them" : "a text, a number or a truth value")}"),
    };

    private static IReadOnlyList<(WorkloadGlob Pattern, double Threshold)> Rules(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw CommandFailure.BadInput($"{name}: \"{ThresholdsKey}\": expected an object, e.g. {{\"e2e/**\": \"5%\"}}");
        return [.. value.EnumerateObject().Select(rule => Rule(rule, name))];
    }

    private static (WorkloadGlob Pattern, double Threshold) Rule(JsonProperty rule, string name)
    {
        try
        {
            return (new WorkloadGlob(rule.Name), SettingText.Percentage(rule.Value.ValueKind == JsonValueKind.String ? rule.Value.GetString()! : rule.Value.GetRawText()));
        }
        catch (FormatException e)
        {
            throw CommandFailure.BadInput($"{name}: \"{ThresholdsKey}\": \"{rule.Name}\": {e.Message}", e);
        }
    }
}
