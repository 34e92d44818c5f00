using BitNet.Perf.Cli.Display;

namespace BitNet.Perf.Cli.Tests.Display;

public class DisplayTests
{
    [Theory]
    [InlineData(412_345, "ns", "412 µs")]
    [InlineData(1.234, "ns", "1.23 ns")]
    [InlineData(999.6, "ns", "1.00 µs")]
    [InlineData(999_400, "ns", "999 µs")]
    [InlineData(2.5e9, "ns", "2.50 s")]
    [InlineData(41.236, "tok/s", "41.2 tok/s")]
    [InlineData(1234.5, "GMAC/s", "1234 GMAC/s")]
    [InlineData(0, "B", "0 B")]
    [InlineData(1_187_801_280, "B", "1.19 GB")]
    public void Values_have_three_significant_digits_and_a_unit(double value, string unit, string text) =>
        Assert.Equal(text, FigureText.Value(value, unit));

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
