using System.Text.Json;
using System.Text.Json.Serialization;

namespace BitNet.Perf.Bench.Worker;

/// <summary>The exchange between orchestrator and worker as text.</summary>
public static class WorkerProtocol
{
    /// <summary>Goes up when an older worker or orchestrator would misunderstand.</summary>
    public const int Version = 2;

    /// <summary>Name of the hidden command that starts a worker.</summary>
    public const string Command = "worker";

    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>One line without its end.</summary>
    public static string Write(WorkerMessage message) => JsonSerializer.Serialize(message, Options);

    public static string Write(WorkerPlan plan) => JsonSerializer.Serialize(plan, Options);

    /// <exception cref="WorkerProtocolException">Not a message.</exception>
    public static WorkerMessage ReadMessage(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkerMessage>(line, Options) ?? throw new WorkerProtocolException(Problem(line));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new WorkerProtocolException(Problem(line));
        }
    }

    /// <exception cref="WorkerProtocolException">Not a plan of this version.</exception>
    public static WorkerPlan ReadPlan(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            throw new WorkerProtocolException("no plan on standard input; this command is started by `bitnet-perf run` and `ab`");
        try
        {
            var version = JsonDocument.Parse(line).RootElement.GetProperty("protocol").GetInt32();
            if (version != Version)
                throw new WorkerProtocolException($"the plan has protocol {version}, this build speaks {Version}");
            return JsonSerializer.Deserialize<WorkerPlan>(line, Options)!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new WorkerProtocolException($"the plan on standard input cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string Problem(string line) =>
        $"the worker wrote \"{(line.Length > 80 ? line[..80] + "…" : line)}\"; expected a message of protocol {Version}";
}

/// <summary>Orchestrator and worker do not understand each other. One line.</summary>
public sealed class WorkerProtocolException(string message) : Exception(message);
