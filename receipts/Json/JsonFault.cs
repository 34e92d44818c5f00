using System.Text.Json;
using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Json;

/// <summary>Turns the serializer's exceptions, which speak of .NET types, into one line about the document.</summary>
internal static partial class JsonFault
{
    public static ReceiptException From(JsonException e)
    {
        string location = string.IsNullOrEmpty(e.Path) ? "" : e.Path;
        if (e.LineNumber is long line)
            location = location.Length == 0 ? $"line {line + 1}" : $"{location} (line {line + 1})";
        (string what, string? expected) = Describe(e.Message);
        return new ReceiptException(ReceiptFault.Malformed, null, location, what, expected, e);
    }

    private static (string What, string? Expected) Describe(string message)
    {
        // Our own converters: "what|expected".
        if (message.Split('|') is ["wrong value", string ownExpected, ..] && !message.Contains("LineNumber", StringComparison.Ordinal))
            return ("wrong value", ownExpected);
        if (Unknown().Match(message) is { Success: true } unknown)
            return ($"unknown member \"{unknown.Groups[1].Value}\"", "only members of the schema");
        if (Missing().Match(message) is { Success: true } missing)
            return ($"missing member {missing.Groups[1].Value.Replace('\'', '"')}", "every member; what is unknown is null");
        if (Duplicate().Match(message) is { Success: true } duplicate)
            return ($"member \"{duplicate.Groups[1].Value}\" occurs twice", "each member once");
        if (WrongType().Match(message) is { Success: true } wrong)
            return ("wrong type", Kind(wrong.Groups[1].Value));
        if (Null().IsMatch(message))
            return ("null", "a value");
        int tail = message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (tail < 0)
            tail = message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return ("not valid JSON: " + (tail < 0 ? message : message[..tail]).TrimEnd('.', ' '), null);
    }

    private static string Kind(string type) => type switch
    {
        _ when type.Contains("System.Double", StringComparison.Ordinal) || type.Contains("System.Decimal", StringComparison.Ordinal) => "a number",
        _ when type.Contains("System.Int32", StringComparison.Ordinal) => "an integer of 32 bits",
        _ when type.Contains("System.Int64", StringComparison.Ordinal) => "an integer",
        _ when type.Contains("System.Boolean", StringComparison.Ordinal) => "true or false",
        _ when type.Contains("List`1", StringComparison.Ordinal) => "an array",
        _ when type.Contains("Dictionary`2", StringComparison.Ordinal) => "an object of strings",
        _ when type.Contains("System.String", StringComparison.Ordinal) => "a string",
        _ => "an object",
    };

    [GeneratedRegex("JSON property '(.*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.*?)\\.(?: Path|$)")]
    private static partial Regex Missing();

    [GeneratedRegex("[Dd]uplicate property '(.*?)'")]
    private static partial Regex Duplicate();

    [GeneratedRegex("could not be converted to (\\S+?)\\.? (?:Path|$)")]
    private static partial Regex WrongType();

    [GeneratedRegex("doesn't allow null values|disallows null|does not allow null|doesn't allow setting null")]
    private static partial Regex Null();
}
