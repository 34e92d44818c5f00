namespace BitNet.Perf.Cli.Tests;

public class TerminalTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("", "xterm", true)]
    [InlineData("1", "xterm", false)]
    [InlineData("0", "xterm", false)]
    [InlineData(null, "dumb", false)]
    public void No_color_and_dumb_terminals_are_honoured(string? noColor, string? term, bool wanted) =>
        Assert.Equal(wanted, Terminal.ColorWanted(name => name == "NO_COLOR" ? noColor : term));

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, null, "en_US.UTF-8", true)]
    [InlineData(null, null, "C.utf8", true)]
    [InlineData(null, null, "de_DE.ISO-8859-1@euro", false)]
    [InlineData(null, null, "C", false)]
    [InlineData(null, "POSIX", "en_US.UTF-8", false)]
    [InlineData("en_US.UTF-8", "C", "C", true)]
    [InlineData("C", "", "en_US.UTF-8", false)]
    public void Symbols_outside_ascii_are_for_locales_that_have_them(string? all, string? ctype, string? lang, bool wanted) =>
        Assert.Equal(wanted, Terminal.UnicodeWanted(name => name switch { "LC_ALL" => all, "LC_CTYPE" => ctype, "LANG" => lang, _ => null }));
}
