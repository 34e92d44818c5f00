using System.CommandLine;
using System.Text;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>report</c>: renders again from files, without measuring.</summary>
internal static class ReportCommand
{
    /// <summary>Format by its name and by the extension of files in it.</summary>
    private static readonly (string Name, string Extension, ReportFormat Format)[] Formats =
    [
        ("md", ".md", ReportFormat.Markdown), ("html", ".html", ReportFormat.Html), ("csv", ".csv", ReportFormat.Csv),
        ("junit", ".xml", ReportFormat.JUnit), ("json", ".json", ReportFormat.Json),
    ];

    public static PerfCommand Create()
    {
        var receipts = new Argument<string[]>("RECEIPT") { Description = "Receipts or folders of them; several are several runs.", Arity = ArgumentArity.OneOrMore };
        var baseline = new Option<string?>("--baseline") { Description = "What to compare with: receipts or a baseline; auto is the stored baseline of the receipt's host and suite.", HelpName = "PATH|auto" };
        var template = new Option<string?>("--template") { Description = "build-summary (md), comment (md, for a pull request), default, or a Scriban template of your own for md or html.", HelpName = "NAME|FILE" };
        var format = new Option<string?>("--format") { Description = "Without it as the name of --out says, else md.", HelpName = "md|html|csv|junit|json" };
        var beside = new Option<string[]>("--context") { Description = "Imported or external receipts, or folders of them, whose figures are shown beside the run, without a verdict.", HelpName = "PATH", AllowMultipleArgumentsPerToken = false };
        var output = new Option<string?>("--out") { Description = "File to write, plots beside it; without it the report goes to stdout, without plots.", HelpName = "FILE" };
        var command = new PerfCommand("report", "Renders stored receipts again, with a comparison where a baseline is given.",
            "bitnet-perf report artifacts/RUN/receipt.json --baseline auto --out report.html",
            "bitnet-perf report artifacts/RUN/receipt.json --template build-summary --out build-summary.md",
            "bitnet-perf report artifacts/AB/head/receipt.json --baseline artifacts/AB/base/receipt.json --template comment --out comment.md",
            "bitnet-perf report artifacts/RUN/receipt.json --context baselines/external --out report.html")
        {
            receipts, baseline, template, format, beside, output, PerfSettings.Baselines.ToOption(), PerfSettings.AllowIncomplete.ToOption(),
        };
        return command.Does(context =>
        {
            ReportFormat chosen = FormatOf(context.Value(format), context.Value(output));
            (string Text, string File)? own = context.Value(template) is { } file ? Template(context, file, chosen) : null;
            IReadOnlyList<ReceiptSource> others = Context(context, context.Value(beside) ?? [], chosen, context.Value(template));
            string against = context.Value(baseline) ?? BaselineChoice.None;
            (BaselineChoice? named, IReadOnlyList<ReceiptSource> sources) = BaselineChoice.ReadBeside(context, against, context.Value(receipts));
            SideOfRuns candidate = SideOfRuns.Candidate(sources, context.Value(PerfSettings.AllowIncomplete));
            ComparisonResult? comparison = Compare(context, named, against, candidate, sources);
            Write(context, chosen, candidate, comparison, own, others, context.Value(output));
            return ExitCode.Done;
        });
    }

    private static ReportFormat FormatOf(string? name, string? output)
    {
        if (name is null)
            return OfFile(output);
        return Formats.Any(f => f.Name == name)
            ? Formats.First(f => f.Name == name).Format
            : throw CommandFailure.Usage($"--format: \"{name}\"; expected one of {string.Join(", ", Formats.Select(f => f.Name))}");
    }

    /// <summary>As the extension says; md for stdout, a device and a name without one.</summary>
    private static ReportFormat OfFile(string? output)
    {
        string extension = output is null || AtomicFile.IsDevice(output) ? "" : Path.GetExtension(output);
        return extension.Length == 0 ? Formats[0].Format
            : Formats.Any(f => f.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase)) ? Formats.First(f => f.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase)).Format
            : throw CommandFailure.Usage($"--out: \"{output}\" has an unknown extension; expected {string.Join(", ", Formats.Select(f => f.Extension))}, or --format");
    }

    /// <summary>One that comes with the program by its name; any other value is a file's, as is ./build-summary.</summary>
    private static (string, string) Template(CommandContext context, string value, ReportFormat format)
    {
        if (format is not (ReportFormat.Markdown or ReportFormat.Html))
            throw CommandFailure.Usage("--template: only md and html are made from templates");
        if (value is "build-summary" or "comment" && format != ReportFormat.Markdown)
            throw CommandFailure.Usage($"--template: {value} is made as md only");
        return Report.Named(value, format) ?? (Encoding.UTF8.GetString(InputFile.Read(context, value, AtomicFile.Read)), value);
    }

    private static IReadOnlyList<ReceiptSource> Context(CommandContext context, string[] paths, ReportFormat format, string? template)
    {
        if (paths.Length == 0)
            return [];
        if (format is not (ReportFormat.Markdown or ReportFormat.Html))
            throw CommandFailure.Usage("--context: only md and html show other engines' figures");
        if (template == "build-summary")
            throw CommandFailure.Usage("--context: build-summary is of one run alone; leave out --template to show other engines' figures");
        IReadOnlyList<ReceiptSource> others = BaselineChoice.Receipts(context, paths);
        return others.FirstOrDefault(other => other.Receipt.Origin == ReceiptOrigin.Measured) is { } measured
            ? throw CommandFailure.BadInput($"{measured.Path}: measured by this program; --context takes imported and external receipts (--baseline compares with a run)")
            : others;
    }

    private static ComparisonResult? Compare(CommandContext context, BaselineChoice? named, string baseline, SideOfRuns candidate, IReadOnlyList<ReceiptSource> sources)
    {
        Receipt newest = candidate.Newest;
        BaselineChoice choice = named ?? BaselineChoice.Read(
            context, baseline, context.Surroundings.Openable(context.Value(PerfSettings.Baselines)), newest.HostKey, newest.Suite);
        if (choice.Wanted && choice.Sources.Count == 0)
            context.Tell($"no baseline for {newest.HostKey} ({context.Surroundings.Shown(choice.Path)}): nothing is compared");
        return choice.Sources.Count == 0 ? null : Comparing.Compare(context.Settings, choice.Sources, sources);
    }

    private static void Write(
        CommandContext context, ReportFormat format, SideOfRuns candidate, ComparisonResult? comparison, (string, string)? template, IReadOnlyList<ReceiptSource> others, string? output)
    {
        string files = $"{Path.GetFileNameWithoutExtension(output ?? "report")}.files";
        RenderedReport report = Report.Render(format, candidate, comparison, template, files, ProgramName.In(context.Surroundings), others);
        if (output is null)
        {
            context.Out.Write(report.Text);
            return;
        }
        report.Write(context.Surroundings.Openable(output));
        context.WriteLines(context.Surroundings.Shown(output));
    }
}
