using System.Globalization;
using System.Text.Json;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Bench.Runs;

/// <summary>A run's folder: run.json, launches/NN.json, and the results. Each file is written whole, so an interrupted run
/// leaves a plan and the launches that finished.</summary>
public sealed class RunJournal(string folder)
{
    private static readonly JsonSerializerOptions Options = new(WorkerProtocol.Options) { WriteIndented = true };

    public string Folder { get; } = Path.GetFullPath(folder);

    public string ReceiptPath => Path.Combine(Folder, "receipt.json");

    public string SamplesPath => Path.Combine(Folder, "samples.csv");

    public string PlanPath => Path.Combine(Folder, "run.json");

    private string LaunchFolder => Path.Combine(Folder, "launches");

    /// <exception cref="ReceiptException">It cannot be written.</exception>
    public void Write(RunPlan plan) => AtomicFile.Write(PlanPath, JsonSerializer.SerializeToUtf8Bytes(plan, Options));

    /// <exception cref="ReceiptException">It cannot be written.</exception>
    public void Write(LaunchResult launch) => AtomicFile.Write(
        Path.Combine(LaunchFolder, launch.Record.Index.ToString("D2", CultureInfo.InvariantCulture) + ".json"), JsonSerializer.SerializeToUtf8Bytes(launch, Options));

    /// <exception cref="RunRefusedException">There is no plan, or it is not one of this version.</exception>
    public RunPlan ReadPlan()
    {
        if (!File.Exists(PlanPath))
            throw new RunRefusedException($"{Folder}: no run.json; expected the folder of an interrupted run");
        var plan = Read<RunPlan>(PlanPath);
        return plan.Schema == RunPlan.CurrentSchema
            ? plan
            : throw new RunRefusedException($"{PlanPath}: schema \"{plan.Schema}\"; this build resumes {RunPlan.CurrentSchema}");
    }

    /// <summary>Finished launches of a run by index, without a gap: what lies after a missing one is not used.</summary>
    public IReadOnlyList<LaunchResult> ReadLaunches(string run)
    {
        if (!Directory.Exists(LaunchFolder))
            return [];
        var launches = Directory.EnumerateFiles(LaunchFolder, "*.json")
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Select(Read<LaunchResult>)
            .Where(launch => launch.Run == run)
            .OrderBy(launch => launch.Record.Index);
        return [.. launches.TakeWhile((launch, i) => launch.Record.Index == i + 1)];
    }

    private static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new RunRefusedException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
