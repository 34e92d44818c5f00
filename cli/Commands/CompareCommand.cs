using System.CommandLine;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>compare</c>: a verdict per workload between two sides of stored runs.</summary>
internal static class CompareCommand
{
    public static PerfCommand Create()
    {
        var baseline = new Argument<string[]>("BASELINE") { Description = "Receipts, baselines or folders of them; several are several runs. Two without --with are baseline and candidate.", Arity = ArgumentArity.OneOrMore };
        var with = new Option<string[]>("--with") { Description = "The candidate's receipts, baselines or folders.", HelpName = "CANDIDATE", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
        var paired = new Option<bool>("--paired") { Description = "Take launch i of both sides as a pair: for launches that alternated, as `ab` makes them." };
        var config = new Option<string>("--config") { Description = $"Configuration to read instead of {ConfigurationFile.DefaultName}; may hold thresholds by pattern of workloads.", HelpName = "FILE" };
        var all = new Option<bool>("--all") { Description = "Show every workload, those without a change too." };
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand("compare", "Compares stored runs: a verdict for each workload, and an exit code (0 passed, 1 regressed, 2 undecided, 3 incomparable, 4 altered receipt, 5 wrong result).",
            "bitnet-perf compare baselines/HOST-KEY/quick.json artifacts/RUN/receipt.json",
            "bitnet-perf compare base/*.json --with head/*.json --threshold 5%",
            "bitnet-perf compare --paired artifacts/AB/base/receipt.json artifacts/AB/head/receipt.json")
        {
            baseline, with, paired, PerfSettings.Threshold.ToOption(), config, all, PerfSettings.AllowUndecided.ToOption(), PerfSettings.AllowIncomplete.ToOption(), json,
        };
        return command.Does(context =>
        {
            (string[] before, string[] after) = Sides(context.Value(baseline), context.Value(with));
            SettingSources settings = context.Value(config) is { } file ? context.SettingsFrom(file) : context.Settings;
            (IReadOnlyList<ReceiptSource> stored, IReadOnlyList<ReceiptSource> candidate) = BaselineChoice.Receipts(context, before, after);
            ComparisonResult result = Comparing.Compare(settings, stored, candidate, context.Value(paired));
            if (context.Value(json))
                context.Out.WriteLine(ComparisonJson.Format(result));
            else
                ComparisonOutput.Write(context, result, NextSteps.Selection(candidate[^1].Receipt), context.Value(all), reportPath: null);
            return (ExitCode)result.ExitCode;
        });
    }

    private static (string[] Baseline, string[] Candidate) Sides(string[] positional, string[]? with) => (positional, with) switch
    {
        (_, { Length: > 0 }) => (positional, with),
        ([var before, var after], _) => ([before], [after]),
        _ => throw CommandFailure.Usage($"{positional.Length} receipts and no --with; expected BASELINE CANDIDATE, or BASELINE… --with CANDIDATE…"),
    };
}
