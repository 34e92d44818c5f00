using System.Globalization;
using System.Text.Json;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Bench.Runs;

/// <summary>A run's folder: run.json, launches/NN.json, of a run that measures on looks/N.json, and the results. Each file is written whole, so an interrupted run
/// leaves a plan and the launches that finished.</summary>
public sealed class RunJournal(string folder)
{
    private static readonly JsonSerializerOptions Options = new(WorkerProtocol.Options) { WriteIndented = true };

    public string Folder { get; } = Path.GetFullPath(folder);

    public string ReceiptPath => Path.Combine(Folder, "receipt.json");

    public string SamplesPath => Path.Combine(Folder, "samples.csv");

    public string PlanPath => Path.Combine(Folder, "run.json");

    private string LookPath(int look) => Path.Combine(Folder, "looks", look.ToString(CultureInfo.InvariantCulture) + ".json");

    private string LaunchFolder => Path.Combine(Folder, "launches");

    /// <exception cref="ReceiptException">It cannot be written.</exception>
    public void Write(RunPlan plan) => WriteFile(PlanPath, plan);

    /// <exception cref="ReceiptException">It cannot be written.</exception>
    public void Write(LaunchResult launch) => WriteLaunch(launch.Record.Index, launch);

    internal void WriteLaunch<T>(int index, T launch) => WriteFile(Path.Combine(LaunchFolder, index.ToString("D2", CultureInfo.InvariantCulture) + ".json"), launch);

    internal static void WriteFile<T>(string path, T content) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, Options));

    /// <exception cref="ReceiptException">It cannot be written.</exception>
    public void Write(LookChoice choice) => WriteFile(LookPath(choice.Look), choice);

    /// <summary>Null when nothing was chosen yet.</summary>
    public LookChoice? ReadChoice(string run, int look) =>
        File.Exists(LookPath(look)) && ReadFile<LookChoice>(LookPath(look)) is { } choice && choice.Run == run ? choice : null;

    /// <exception cref="RunRefusedException">There is no plan, or it is not one of this version.</exception>
    public RunPlan ReadPlan()
    {
        if (!File.Exists(PlanPath))
            throw new RunRefusedException($"{Folder}: no run.json; expected the folder of an interrupted run");
        var plan = ReadFile<RunPlan>(PlanPath);
        return plan.Schema == RunPlan.CurrentSchema
            ? plan
            : throw new RunRefusedException($"{PlanPath}: schema \"{plan.Schema}\"; this build resumes {RunPlan.CurrentSchema}");
    }

    /// <summary>Finished launches of a run by index, without a gap: what lies after a missing one is not used.</summary>
    public IReadOnlyList<LaunchResult> ReadLaunches(string run) => ReadLaunches<LaunchResult>(launch => launch.Run == run, launch => launch.Record.Index);

    internal IReadOnlyList<T> ReadLaunches<T>(Func<T, bool> belongs, Func<T, int> index)
    {
        if (!Directory.Exists(LaunchFolder))
            return [];
        var launches = Directory.EnumerateFiles(LaunchFolder, "*.json")
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Select(ReadFile<T>)
            .Where(belongs)
            .OrderBy(index);
        return [.. launches.TakeWhile((launch, i) => index(launch) == i + 1)];
    }

    /// <exception cref="RunRefusedException">It cannot be read.</exception>
    internal static T ReadFile<T>(string path)
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
