using System.Text.Json;

namespace BitNet.Perf.Receipts.Import;

/// <summary>One test of a llama-bench file.</summary>
internal sealed class LlamaBenchTest
{
    // In the name of every test, or of its results.
    private static readonly string[] NoSettings =
        ["n_prompt", "n_gen", "n_depth", "n_threads", "test", "test_time", "avg_ns", "stddev_ns", "avg_ts", "stddev_ts", "samples_ns", "samples_ts"];

    /// <param name="element">Of a document that stays open as long as this is used.</param>
    /// <param name="place">For errors.</param>
    /// <exception cref="ReceiptException">It generates and reads no token.</exception>
    public LlamaBenchTest(JsonElement element, string place)
    {
        (Element, Place) = (element, place);
        Prompt = ForeignJson.RequiredCount(element, "n_prompt", place);
        Generated = ForeignJson.RequiredCount(element, "n_gen", place);
        Depth = ForeignJson.Count(element, "n_depth") ?? 0;
        Threads = ForeignJson.RequiredCount(element, "n_threads", place);
        if (Tokens <= 0)
            throw ForeignJson.Fault(place, "n_prompt and n_gen are 0", "a test of some tokens");
        Settings = element.EnumerateObject().Where(member => !NoSettings.Contains(member.Name))
            .Select(member => (member.Name, Text: member.Name == "model_filename" ? FileName(member.Value) : ForeignFacts.Text(member.Value)))
            .Where(setting => !string.IsNullOrEmpty(setting.Text))
            .DistinctBy(setting => setting.Name).ToDictionary(setting => setting.Name, setting => ForeignFacts.Line(setting.Text));
    }

    public JsonElement Element { get; }
    public string Place { get; }
    public int Prompt { get; }
    public int Generated { get; }

    /// <summary>Tokens that were in the cache before.</summary>
    public int Depth { get; }
    public int Threads { get; }
    public int Tokens => Prompt + Generated;

    /// <summary>All else that was set, as the file has it; of the model's file the name alone.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    private static string? FileName(JsonElement path) => ForeignFacts.Text(path)?.Split('/', '\\')[^1];
}
