using System.CommandLine;
using BitNet.Perf.Cli.Baselines;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>baseline</c>: the published receipts that later runs are held against.</summary>
internal static class BaselineCommand
{
    public static PerfCommand Create() => new("baseline", "Publishes, lists, shows, verifies, signs and joins stored baselines, and accepts regressions against them.",
        "bitnet-perf baseline publish artifacts/*/receipt.json --reason \"new kernel\"")
    {
        BaselinePublishCommand.Create(),
        List(),
        Show(),
        BaselineVerifyCommand.Create(),
        SignCommands.ForBaselines(),
        BaselineResolveCommand.Create(),
        BaselineAcceptCommand.Create(),
    };

    /// <summary>The folder of the baselines, as the settings say.</summary>
    public static BaselineStore Store(CommandContext context) =>
        new(context.Surroundings.Openable(context.Value(PerfSettings.Baselines)));

    /// <summary>The acceptances beside them.</summary>
    public static AcceptanceStore Acceptances(CommandContext context) => new(Store(context).Folder);

    private static PerfCommand List()
    {
        Option<bool> json = SharedOptions.Json();
        return new PerfCommand("list", "Lists the stored baselines with their age and the smallest change that one more run would show, and the regressions that were accepted.", "bitnet-perf baseline list", "bitnet-perf baseline list --json") { PerfSettings.Baselines.ToOption(), PerfSettings.StaleDays.ToOption(), PerfSettings.StaleCommits.ToOption(), json }.Does(context =>
        {
            BaselineStore store = Store(context);
            IReadOnlyList<BaselineStanding> entries = [.. store.List().Select(entry => BaselineStanding.Of(context, entry))];
            IReadOnlyList<ExternalEntry> external = store.Externals();
            IReadOnlyList<Acceptance> acceptances = Acceptances(context).Read();
            if (context.Value(json))
            {
                JsonOutput.Write(context.Out, new { Schema = "baseline-list/1", Baselines = entries, External = external, Acceptances = acceptances });
                return ExitCode.Done;
            }
            if (entries.Count == 0)
                context.Tell($"no baseline in {context.Surroundings.Shown(store.Folder)}; make one with: bitnet-perf baseline publish RECEIPT… --reason TEXT");
            else
                context.WriteLines(BaselineText.List(entries));
            if (external.Count > 0)
                context.WriteLines([.. entries.Count > 0 ? [""] : Array.Empty<string>(), .. BaselineText.External(external)]);
            if (acceptances.Count > 0)
                context.WriteLines([.. entries.Count + external.Count > 0 ? [""] : Array.Empty<string>(), .. AcceptanceText.List(acceptances, DateOnly.FromDateTime(DateTime.UtcNow))]);
            return ExitCode.Done;
        });
    }

    private static PerfCommand Show()
    {
        var which = new Argument<string>("KEY|PATH") { Description = "A host key, HOST-KEY/SUITE, or a baseline's file." };
        return new PerfCommand("show", "Shows a baseline: why it was published, its runs, and the newest one's figures. Does not verify it.",
            "bitnet-perf baseline show baselines/amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb/quick.json")
        { which, PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            bool first = true;
            foreach (string path in BaselineInputs.Files(context, Store(context), context.Value(which)))
            {
                Baseline baseline = InputFile.Read(context, path, BaselineFile.Read);
                if (!first)
                    context.Out.WriteLine();
                first = false;
                context.WriteLines(BaselineText.Lines(context.Surroundings.Shown(path), baseline));
            }
            return ExitCode.Done;
        });
    }
}
