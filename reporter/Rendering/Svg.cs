using System.Globalization;
using System.Security;
using System.Text;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>A small drawing. Its colours follow the reader's light or dark scheme; the background is the page's.</summary>
internal sealed class Svg(int width, int height, string title)
{
    // Contrast of text at least 4.5:1 on white and on #0d1117; marks at least 3:1 on both.
    private const string Style =
        "text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#24292f}.soft{fill:#57606a}.line{stroke:#8c959f;stroke-width:1}"
        + ".grid{stroke:#d0d7de;stroke-width:1}.band{fill:#8c959f;fill-opacity:.14}.head{fill:#0969da;fill-opacity:.75}.base{fill:none;stroke:#6e7781;stroke-width:1.3}"
        + ".mid{stroke:#0969da;stroke-width:2}.mid0{stroke:#6e7781;stroke-width:2}"
        + ".c0{fill:#0969da}.c1{fill:#bf8700}.c2{fill:#1a7f37}.c3{fill:#8250df}.c4{fill:#cf222e}.c5{fill:#6e7781}"
        + ".s0,.s1,.s2,.s3{fill:none;stroke-width:1.6}.s0{stroke:#0969da}.s1{stroke:#bf8700}.s2{stroke:#1a7f37}.s3{stroke:#8250df}"
        + "@media(prefers-color-scheme:dark){text{fill:#c9d1d9}.soft{fill:#8b949e}.line{stroke:#6e7681}.grid{stroke:#30363d}.head{fill:#58a6ff}"
        + ".base{stroke:#8b949e}.mid{stroke:#58a6ff}.mid0{stroke:#8b949e}.c0{fill:#58a6ff}.c1{fill:#d29922}.c2{fill:#3fb950}.c3{fill:#a371f7}.c4{fill:#f85149}.c5{fill:#8b949e}"
        + ".s0{stroke:#58a6ff}.s1{stroke:#d29922}.s2{stroke:#3fb950}.s3{stroke:#a371f7}}";

    private readonly StringBuilder _content = new();

    public Svg Line(double x1, double y1, double x2, double y2, string kind) =>
        Append($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{kind}\"/>");

    public Svg Circle(double x, double y, double radius, string kind, string hint) =>
        Append($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" class=\"{kind}\"><title>{Escape(hint)}</title></circle>");

    public Svg Box(double x, double y, double w, double h, string kind, string? hint = null) =>
        Append($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(w)}\" height=\"{N(h)}\" class=\"{kind}\"{(hint is null ? "/>" : $"><title>{Escape(hint)}</title></rect>")}");

    /// <param name="anchor">start, middle or end.</param>
    public Svg Text(double x, double y, string text, string anchor = "start", string kind = "") =>
        Append($"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\"{(kind.Length > 0 ? $" class=\"{kind}\"" : "")}>{Escape(text)}</text>");

    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\">"
        + $"<style>{Style}</style>{_content}</svg>\n";

    private Svg Append(string element)
    {
        _content.Append(element);
        return this;
    }

    private static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(Escaping.OneLine(text));
}
