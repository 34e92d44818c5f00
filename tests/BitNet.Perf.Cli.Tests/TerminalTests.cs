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
}
