using System.Text;
using BitNet.Perf.Receipts.Import;

namespace BitNet.Perf.Receipts.Tests;

public class SeriesCsvTests
{
    [Fact]
    public void Series_come_in_the_order_of_their_first_lines_and_points_in_that_of_their_indexes()
    {
        IReadOnlyList<NamedSeries> series = Parse("b,1,2.5\na,0,-1\nb,0,1e3\n");
        Assert.Equal(["b", "a"], series.Select(one => one.Name));
        Assert.Equal([1000, 2.5], series[0].Values);
        Assert.Equal([-1], series[1].Values);
    }

    [Theory]
    [InlineData("", "no points")]
    [InlineData("a,0\n", "line 2: 2 fields")]
    [InlineData("a,0,1\na,0,2\n", "line 3: a has index 0 twice")]
    [InlineData("a,0,1\na,2,2\n", "a has no index 1 among its 2 points")]
    [InlineData("a,1,1\n", "a has no index 0 among its 1 points")]
    [InlineData("a,-1,1\n", "line 2: index \"-1\"")]
    [InlineData("a,0,NaN\n", "line 2: value \"NaN\"")]
    [InlineData("a,0,1e999\n", "line 2: value \"1e999\"")]
    [InlineData("a,0,\n", "line 2: value \"\"")]
    [InlineData(" a,0,1\n", "line 2: series \" a\"")]
    [InlineData("\"a,0,1\n", "wrong quoting")]
    public void A_bad_line_is_named_with_what_was_expected(string lines, string said) =>
        Assert.Contains(said, Assert.Throws<ReceiptException>(() => Parse(lines)).Message);

    [Fact]
    public void Another_header_is_refused() =>
        Assert.Contains(SeriesCsv.Header, Assert.Throws<ReceiptException>(() => SeriesCsv.Parse("name,index,value\na,0,1\n"u8.ToArray())).Message);

    private static IReadOnlyList<NamedSeries> Parse(string lines) => SeriesCsv.Parse(Encoding.UTF8.GetBytes(SeriesCsv.Header + "\n" + lines));
}
