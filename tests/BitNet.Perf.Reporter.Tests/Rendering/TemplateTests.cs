using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class TemplateTests
{
    private static readonly SideOfRuns Candidate = SideOfRuns.Candidate(Sides.Sources([Scenes.Run("c", 3)], "head"));

    private static string Render(string template) => Report.Render(ReportFormat.Markdown, Candidate, null, (template, "mine.scriban")).Text;

    [Fact]
    public void A_users_template_sees_the_model_in_snake_case() =>
        Assert.Equal("gate on amd-f25m17s1-2c-avx512-linux-net10-16gb: 7 (e2e)", Render("{{ suite }} on {{ host_key }}: {{ measured }} ({{ tables[0].group }})"));

    [Theory]
    [InlineData("one\n{{ if suite }}\nnever ended", 2)]
    [InlineData("one\ntwo {{ suite | }}", 2)]
    [InlineData("{{ for x in tables }}{{ x.group }}{{ end }}\n\n{{ x.group.nonsense }}", 3)]
    [InlineData("{{ misspelt }}", 1)]
    [InlineData("a\nb\n{{ tables[0].misspelt }}", 3)]
    [InlineData("a\n{{ include 'other' }}", 2)]
    public void A_faulty_template_is_refused_with_file_and_line(string template, int line)
    {
        ReportTemplateException e = Assert.Throws<ReportTemplateException>(() => Render(template));
        Assert.Equal(("mine.scriban", line), (e.File, e.Line));
        Assert.StartsWith($"mine.scriban, line {line}: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_users_template_may_include_those_that_come_with_the_program() =>
        Assert.Equal("No baseline for amd-f25m17s1-2c-avx512-linux-net10-16gb: 7 measured, nothing compared",
            Render("{{ safe = @md; safe_id = @code; include 'title.scriban' }}{{ title }}").Trim());

    [Fact]
    public void A_template_that_never_ends_is_stopped() => Assert.Throws<ReportTemplateException>(() => Render("{{ while true }}{{ end }}"));
}
