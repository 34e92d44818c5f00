using System.Globalization;
using System.Text;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

public sealed class SamplesCsvTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("csv-").FullName, "samples.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private static IReadOnlyList<SampleRow> Parse(string lines) => SamplesCsv.Parse(Encoding.UTF8.GetBytes(SamplesCsv.Header + "\n" + lines));

    [Fact]
    public void Every_sample_of_a_receipt_is_written_and_reads_back_to_the_same_bits()
    {
        Receipt receipt = SyntheticReceipt.Create();
        SamplesCsv.Write(_path, receipt);
        Assert.Equal(SamplesCsv.Rows(receipt), SamplesCsv.Read(_path));
        Assert.Equal(5 * 3 * 5, SamplesCsv.Read(_path).Count);
        string[] lines = File.ReadAllLines(_path);
        Assert.Equal("workload,launch,iteration,value,unit", lines[0]);
        Assert.StartsWith(SyntheticReceipt.Gemv + ",1,1,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",ns", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', File.ReadAllText(_path));
    }

    [Fact]
    public void The_culture_of_the_thread_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NumberGroupSeparator = ".";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;
            SamplesCsv.Write(_path, [new("a", 1, 1, 1234.5, Unit.Nanoseconds)]);
            Assert.Equal("a,1,1,1234.5,ns", File.ReadAllLines(_path)[1]);
            Assert.Equal(1234.5, SamplesCsv.Read(_path)[0].Value);
            Assert.Throws<ReceiptException>(() => Parse("a,1,1,\"1234,5\",ns\n"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("ns", 1.5, "ns")]
    [InlineData("us", 1500, "ns")]
    [InlineData("ms", 1.5e6, "ns")]
    [InlineData("s", 1.5e9, "ns")]
    [InlineData("tok/s", 1.5, "tok/s")]
    [InlineData("GB/s", 1.5, "GB/s")]
    [InlineData("GMAC/s", 1.5, "GMAC/s")]
    [InlineData("B", 1.5, "B")]
    public void Times_are_kept_as_nanoseconds_and_other_units_as_they_are(string unit, double value, string kept)
    {
        SampleRow row = Assert.Single(Parse($"w,1,1,1.5,{unit}\n"));
        Assert.Equal((value, kept), (row.Value, row.Unit.Name));
    }

    [Fact]
    public void A_workload_s_times_may_come_in_several_units()
    {
        Assert.Equal([2e6, 3], Parse("w,1,1,2,ms\nw,1,2,3,ns\n").Select(row => row.Value));
    }

    [Theory]
    [InlineData("w,1,1,1e3,ns", "w", 1000)]
    [InlineData("w,1,1,+2,ns", "w", 2)]
    [InlineData("\"a, \"\"b\"\"\",1,1,2,ns", "a, \"b\"", 2)]
    [InlineData("BM_Größe/8,1,1,2,ns", "BM_Größe/8", 2)]
    [InlineData("=cmd(),1,1,2,ns", "=cmd()", 2)]
    [InlineData("w,0,0,5e-324,ns", "w", 5e-324)]
    public void Odd_but_sound_lines_are_read(string line, string workload, double value)
    {
        SampleRow row = Assert.Single(Parse(line + "\n"));
        Assert.Equal((workload, value), (row.Workload, row.Value));
        SamplesCsv.Write(_path, [row]);
        Assert.Equal(row, Assert.Single(SamplesCsv.Read(_path)));
    }

    [Theory]
    [InlineData("\ufeffworkload,launch,iteration,value,unit\nw,1,1,2,ns")]
    [InlineData("workload,launch,iteration,value,unit\r\nw,1,1,2,ns\r\n")]
    [InlineData("\"workload\",\"launch\",\"iteration\",\"value\",\"unit\"\n\n\"w\",\"1\",\"1\",\"2\",\"ns\"\n\n")]
    public void Line_ends_quotes_empty_lines_and_a_byte_order_mark_do_not_matter(string text) =>
        Assert.Equal(new SampleRow("w", 1, 1, 2, Unit.Nanoseconds), Assert.Single(SamplesCsv.Parse(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("", "line 1: empty")]
    [InlineData("workload,launch,iteration,value\nw,1,1,2", "line 1: header \"workload,launch,iteration,value\"; expected workload,launch,iteration,value,unit")]
    [InlineData("Workload,launch,iteration,value,unit\nw,1,1,2,ns", "line 1: header")]
    [InlineData("launch,workload,iteration,value,unit\n1,w,1,2,ns", "line 1: header")]
    [InlineData("workload;launch;iteration;value;unit\nw;1;1;2;ns", "line 1: header")]
    [InlineData("workload, launch, iteration, value, unit\nw,1,1,2,ns", "line 1: header")]
    [InlineData("series,index,value\na,0,1", "line 1: header \"series,index,value\"")]
    [InlineData("w,1,1,2,ns\n", "line 1: header")]
    [InlineData("{\"schema\":\"receipt/1\"}", "line 1: ")]
    [InlineData("workload,launch,iteration,value,unit\n", "no samples; expected at least one line after the header")]
    public void A_wrong_header_or_no_samples_at_all_are_refused(string text, string expected)
    {
        File.WriteAllText(_path, text);
        ReceiptException e = Assert.Throws<ReceiptException>(() => SamplesCsv.Read(_path));
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
        Assert.StartsWith(_path + ": ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w,1,1,NaN,ns", "value NaN; expected a finite number above 0")]
    [InlineData("w,1,1,Infinity,ns", "value ")]
    [InlineData("w,1,1,1e999,ns", "value 1e999; expected a finite number above 0")]
    [InlineData("w,1,1,1e300,s", "value 1e300; expected a finite number above 0")]
    [InlineData("w,1,1,0,ns", "value 0; expected a finite number above 0")]
    [InlineData("w,1,1,-0.5,ns", "value -0.5")]
    [InlineData("w,1,1,1e-999,ns", "value 1e-999")]
    [InlineData("w,1,1,,ns", "value \"\"")]
    [InlineData("w,1,1,1 000,ns", "value \"1 000\"")]
    [InlineData("w,1,1, 5,ns", "value \" 5\"")]
    [InlineData("w,1,1,0x10,ns", "value \"0x10\"")]
    [InlineData("w,1,1,٣,ns", "value \"٣\"")]
    [InlineData("w,1,1,\"1,5\",ns", "value \"1,5\"")]
    [InlineData("w,1,1,5,min", "unit \"min\"; expected one of ns, us, ms, s, tok/s, GB/s, GMAC/s, B")]
    [InlineData("w,1,1,5,NS", "unit \"NS\"")]
    [InlineData("w,1,1,5,", "unit \"\"")]
    [InlineData("w,-1,1,5,ns", "launch \"-1\"; expected a whole number from 0")]
    [InlineData("w,1.0,1,5,ns", "launch \"1.0\"")]
    [InlineData("w,1,99999999999,5,ns", "iteration \"99999999999\"")]
    [InlineData("w,1,,5,ns", "iteration \"\"")]
    [InlineData(",1,1,5,ns", "workload \"\"")]
    [InlineData(" w,1,1,5,ns", "workload \" w\"")]
    [InlineData("w,1,1,5", "4 fields; expected 5: workload,launch,iteration,value,unit")]
    [InlineData("w,1,1,1,5,ns", "6 fields")]
    [InlineData("w,2,7,5,ns", "w, launch 2, iteration 7 was on line 2 already; expected each sample once")]
    [InlineData("w,2,8,5,tok/s", "w in tok/s and in ns; expected one unit for a workload")]
    [InlineData("\"w\"x,1,1,5,ns", "wrong quoting")]
    [InlineData("\"w,1,1,5,ns", "wrong quoting")]
    public void A_bad_line_is_named_by_its_number(string line, string expected)
    {
        File.WriteAllText(_path, $"{SamplesCsv.Header}\nw,2,7,4,ns\n\n{line}\n");
        ReceiptException e = Assert.Throws<ReceiptException>(() => SamplesCsv.Read(_path));
        Assert.Equal((ReceiptFault.Malformed, "line 4"), (e.Fault, e.Location));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_are_refused()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(SamplesCsv.Header + "\nw"), 0xe9, .. Encoding.UTF8.GetBytes(",1,1,5,ns\n")];
        Assert.Contains("line 2: not UTF-8", Assert.Throws<ReceiptException>(() => SamplesCsv.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_not_an_empty_one() =>
        Assert.Equal(ReceiptFault.NotFound, Assert.Throws<ReceiptException>(() => SamplesCsv.Read(_path)).Fault);
}
