using BitNet.Perf.Receipts;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>The folder of an interleaved run: ab.json, and for each side a folder with its launches, receipt and samples.</summary>
public sealed class InterleavedJournal(string folder)
{
    public string Folder { get; } = Path.GetFullPath(folder);

    public string PlanPath => Path.Combine(Folder, "ab.json");

    public string ComparisonPath => Path.Combine(Folder, "comparison.json");

    public string ReportPath => Path.Combine(Folder, "report.md");

    public Sides<RunJournal> Sides => new(new RunJournal(Path.Combine(Folder, Sides<string>.BaseName)), new RunJournal(Path.Combine(Folder, Sides<string>.HeadName)));

    /// <exception cref="ReceiptException">It cannot be written.</exception>
    public void Write(InterleavedPlan plan) => RunJournal.WriteFile(PlanPath, plan);

    /// <exception cref="RunRefusedException">There is no plan, or it is not one of this version.</exception>
    public InterleavedPlan ReadPlan()
    {
        if (!File.Exists(PlanPath))
            throw new RunRefusedException($"{Folder}: no ab.json; expected the folder of an interrupted ab");
        var plan = RunJournal.ReadFile<InterleavedPlan>(PlanPath);
        return plan.Schema == InterleavedPlan.CurrentSchema
            ? plan
            : throw new RunRefusedException($"{PlanPath}: schema \"{plan.Schema}\"; this build resumes {InterleavedPlan.CurrentSchema}");
    }
}
