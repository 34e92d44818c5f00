namespace BitNet.Perf.Cli.Tests;

public class ProgressLineTests
{
    [Theory]
    [InlineData(10, 25, 100, " · 30 s left")]
    [InlineData(60, 25, 100, " · 3 min left")]
    [InlineData(10, 0, 100, "")]
    [InlineData(10, 100, 100, "")]
    [InlineData(0.1, 25, 100, "")]
    public void The_time_left_follows_the_pace_so_far(double elapsed, long done, long total, string expected) =>
        Assert.Equal(expected, ProgressLine.Left(TimeSpan.FromSeconds(elapsed), done, total));

    [Fact]
    public void Nothing_is_drawn_when_nobody_watches()
    {
        using var error = new StringWriter();
        using (var line = new ProgressLine(error, enabled: false, "writing x")) line.Report(1, 2, "half");
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void The_line_is_drawn_over_itself_and_wiped_at_the_end()
    {
        using var error = new StringWriter();
        using (var line = new ProgressLine(error, enabled: true, "writing x")) line.Report(1, 2, "half");
        string text = "writing x 50 % · half";
        Assert.Equal($"\r{text}\r{new string(' ', text.Length)}\r", error.ToString());
    }
}
