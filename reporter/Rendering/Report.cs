using System.Text;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

public enum ReportFormat { Markdown, Html, Csv, JUnit, Json }

/// <summary>A rendered report: its text, and files that belong beside it.</summary>
/// <param name="Files">By path relative to the report.</param>
public sealed record RenderedReport(string Text, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Writes the files beside it and then the report, each whole or not at all; a device has no place beside it and takes the report alone.</summary>
    /// <exception cref="ReceiptException">It could not be written.</exception>
    public void Write(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        if (!AtomicFile.IsDevice(path))
        {
            foreach ((string file, string content) in Files) Put(Path.Combine(folder, file), content);
        }
        Put(path, Text);
    }

    private static void Put(string path, string content) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(content)));
}

/// <summary>Renders receipts, and a comparison where there is one, in every format.</summary>
public static class Report
{
    /// <param name="comparison">Null when there was no baseline.</param>
    /// <param name="template">Text and file name of a user's own template for Markdown or HTML.</param>
    /// <param name="filesFolder">Folder of the plots beside a Markdown report, usually the report's name with ".files".</param>
    /// <param name="program">How this program is called where the report's commands will be typed.</param>
    /// <param name="context">Imported and external receipts whose figures Markdown and HTML show beside the run.</param>
    /// <exception cref="ReportTemplateException">The template does not parse or names what is not there.</exception>
    /// <exception cref="ComparisonInputException">Several receipts where the format holds one.</exception>
    public static RenderedReport Render(
        ReportFormat format, SideOfRuns candidate, ComparisonResult? comparison, (string Text, string File)? template = null, string filesFolder = "report.files",
        string program = ReportModel.ProgramName, IReadOnlyList<ReceiptSource>? context = null) => format switch
        {
            ReportFormat.Markdown => Markdown(ReportContents.Of(candidate, comparison, filesFolder, program, context), template ?? BuiltIn("report.md.scriban")),
            ReportFormat.Html => Alone(TemplateText(ReportContents.Of(candidate, comparison, filesFolder, program, context), template ?? BuiltIn("report.html.scriban"))),
            ReportFormat.Csv => Alone(Csv(candidate)),
            ReportFormat.JUnit => Alone(JUnitReport.Of(candidate.Newest, comparison)),
            _ => Alone(comparison is null ? Encoding.UTF8.GetString(ReceiptFile.Format(candidate.Newest)) : ComparisonJson.Format(comparison) + "\n"),
        };

    private static RenderedReport Markdown(ReportModel model, (string Text, string File) template)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (WorkloadTable table in model.Tables) files[table.PlotFile] = table.PlotSvg;
        if (model.Roofline is { } roofline) files[roofline.PlotFile] = roofline.PlotSvg;
        if (model.Phases is { } phases) files[phases.PlotFile] = phases.PlotSvg;
        string text = template.File == CommentContents.Template ? CommentContents.Fit(model, some => TemplateText(some, template)) : TemplateText(model, template);
        // A template that shows no plot leaves none beside its report.
        return new RenderedReport(text, files.Where(file => text.Contains(file.Key, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal));
    }

    private static string TemplateText(ReportModel model, (string Text, string File) template) => TemplateRenderer.Render(template.Text, template.File, model);

    // Merged into one file, the launches of several runs would look like launches of one.
    private static string Csv(SideOfRuns side)
    {
        if (side.Sources.Count > 1)
        {
            throw new ComparisonInputException(ComparisonInputFault.SeveralReceipts,
                FormattableString.Invariant($"csv holds the samples of one run; {side.Sources.Count} receipts were given, one was expected"));
        }
        using var stream = new MemoryStream();
        SamplesCsv.Write(stream, SamplesCsv.Rows(side.Newest));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A template that comes with the program, by the name it is asked for: default or report, build-summary, and comment.</summary>
    /// <param name="name">As given.</param>
    /// <param name="format">Markdown, or HTML where the template has that form.</param>
    /// <returns>Null where the name is none of theirs.</returns>
    /// <exception cref="ReportTemplateException">The template has no such form.</exception>
    public static (string Text, string File)? Named(string name, ReportFormat format)
    {
        string? template = name switch { "default" or "report" => "report", "build-summary" or "comment" => name, _ => null };
        if (template is null) return null;
        string file = $"{template}.{(format == ReportFormat.Html ? "html" : "md")}.scriban";
        return BuiltIn(file);
    }

    private static (string Text, string File) BuiltIn(string name) => (TemplateRenderer.BuiltIn(name), name);

    private static RenderedReport Alone(string text) => new(text, new Dictionary<string, string>());
}
