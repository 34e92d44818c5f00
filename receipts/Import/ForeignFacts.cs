using System.Text.Json;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Import;

/// <summary>Collects what a file says of its origin: one line of text a name, without folders of the machine; what is empty is left out.</summary>
internal sealed class ForeignFacts
{
    public const string Date = "date", Load = "load average", Clock = "clock", Title = "title";

    private readonly SortedDictionary<string, string> _facts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Collected => _facts;

    public void Add(string name, string? text)
    {
        string line = Line(text);
        if (line.Length > 0)
            _facts[Line(name)] = line;
    }

    /// <summary>A string, number or truth value as the file has it; other values are left out.</summary>
    public void Add(string name, JsonElement value)
    {
        if (Text(value) is string text)
            Add(name, text);
    }

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>One line of text that a receipt may hold: without control characters and folders of the machine.</summary>
    public static string Line(string? text) =>
        MachinePaths.Redact(string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim());
}
