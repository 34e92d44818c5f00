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
            TemplateLoader = new BuiltInTemplates(),
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
    public static string BuiltIn(string name) => Resource(name) ?? throw new ReportTemplateException(name, null, "no such template comes with the program");

    private static string? Resource(string name)
    {
        using Stream? stream = typeof(TemplateRenderer).Assembly.GetManifestResourceStream($"templates/{name}");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Templates may include those that come with the program, and no files.</summary>
    private sealed class BuiltInTemplates : ITemplateLoader
    {
        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
            Resource(templatePath) ?? throw new ScriptRuntimeException(callerSpan, $"no template {templatePath} comes with the program");

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
            ValueTask.FromResult<string?>(Load(context, callerSpan, templatePath));
    }
}
