using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Renders a model with a Scriban template: members in snake_case, the functions <c>md</c>, <c>code</c> and <c>html</c>, no
/// access to anything else. A misspelt member is an error, not an empty place.</summary>
public static class TemplateRenderer
{
    private const int MostLoops = 1_000_000;

    /// <param name="text">The template.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ReportTemplateException">It does not parse, or names what is not there.</exception>
    public static string Render(string text, string file, ReportModel model)
    {
        Template template = Template.Parse(text, file);
        if (template.Messages.FirstOrDefault(m => m.Type == ParserMessageType.Error) is { } error)
            throw new ReportTemplateException(file, error.Span.Start.Line + 1, error.Message);
        var globals = new ScriptObject();
        globals.Import(model, renamer: StandardMemberRenamer.Default);
        globals.Import("md", new Func<string?, string>(Escaping.Markdown));
        globals.Import("code", new Func<string?, string>(Escaping.Code));
        globals.Import("html", new Func<string?, string>(Escaping.Html));
        var context = new TemplateContext
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            LoopLimit = MostLoops,
            LimitToString = 0,
            MemberRenamer = StandardMemberRenamer.Default,
            NewLine = "\n",
        };
        context.PushGlobal(globals);
        context.PushCulture(System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            return template.Render(context);
        }
        catch (ScriptRuntimeException e)
        {
            throw new ReportTemplateException(file, e.Span.Start.Line + 1, e.OriginalMessage, e);
        }
    }

    /// <summary>A template that comes with the program, e.g. "report.md.scriban".</summary>
    public static string BuiltIn(string name)
    {
        using Stream stream = typeof(TemplateRenderer).Assembly.GetManifestResourceStream($"templates/{name}")
            ?? throw new ReportTemplateException(name, null, "no such template comes with the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
