using BitNet.Perf.Cli.Display;

namespace BitNet.Perf.Cli.Tests.Display;

public class DisplayTests
{
    [Theory]
    [InlineData(17_694_720, "17.7 M")]
    [InlineData(38_619_000_000, "38.6 G")]
    [InlineData(640, "640")]
    [InlineData(0, "0")]
    public void Counts_have_three_digits_and_a_prefix(long count, string text) => Assert.Equal(text, FigureText.Count(count));

    [Theory]
    [InlineData(0.4, "0.4 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3599, "1 h")]
    [InlineData(5400, "1 h 30 min")]
    public void Durations_are_told_in_two_units_at_most(double seconds, string text) =>
        Assert.Equal(text, FigureText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Columns_are_aligned_and_empty_ones_take_no_room()
    {
        var table = new TextTable(new("name"), new("", true), new("n", true));
        table.AddHeading("a heading longer than any column");
        table.Add("a", "", "1");
        table.Add("bcdef", "", "22");
        Assert.Equal(["name    n", "a heading longer than any column", "a       1", "bcdef  22"], table.Lines());
    }
}
