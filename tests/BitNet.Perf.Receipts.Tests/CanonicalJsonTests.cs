using System.Globalization;
using System.Text;
using System.Text.Json;
using BitNet.Perf.Receipts.Json;

namespace BitNet.Perf.Receipts.Tests;

public class CanonicalJsonTests
{
    private static string Canonical(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Serialize(document.RootElement));
    }

    [Fact]
    public void The_example_of_rfc_8785_section_3_2_2_comes_out_as_printed_there() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        Canonical("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """));

    [Fact]
    public void Members_are_sorted_by_utf_16_code_units_as_in_rfc_8785_section_3_2_3() => Assert.Equal(
        "{\"\\r\":1,\"1\":2,\"\u0080\":3,\"ö\":4,\"€\":5,\"😀\":6,\"\ufb33\":7}",
        Canonical("""{"\u20ac":5,"\r":1,"\ufb33":7,"1":2,"\ud83d\ude00":6,"\u0080":3,"\u00f6":4}"""));

    // RFC 8785, appendix B.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_printed_as_ecmascript_does(ulong bits, string expected) =>
        Assert.Equal($"[{expected}]", Canonical($"[{BitConverter.UInt64BitsToDouble(bits).ToString("E16", CultureInfo.InvariantCulture)}]"));

    [Fact]
    public void A_number_in_canonical_form_reads_back_as_the_same_bits()
    {
        Random random = new(7);
        for (int i = 0; i < 5000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value) || value == 0)
                continue;
            string text = Canonical($"[{value.ToString("E16", CultureInfo.InvariantCulture)}]")[1..^1];
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("{\"a\":9007199254740993}", "$.a")]
    [InlineData("{\"a\":[1,-9007199254740992]}", "$.a[1]")]
    [InlineData("{\"a\":1e999}", "$.a")]
    [InlineData("{\"a\":{\"b\":\"\\ud800\"}}", "$.a.b")]
    public void What_would_not_be_kept_exactly_is_refused_with_its_path(string json, string path)
    {
        ReceiptException e = Assert.Throws<ReceiptException>(() => Canonical(json));
        Assert.Equal((ReceiptFault.Malformed, path), (e.Fault, e.Location));
    }

    [Fact]
    public void Only_the_outermost_member_is_left_out()
    {
        using JsonDocument document = JsonDocument.Parse("""{"digest":1,"b":{"digest":2}}""");
        Assert.Equal("""{"b":{"digest":2}}"""u8.ToArray(), CanonicalJson.Serialize(document.RootElement, without: "digest"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"a\":[[],{}],\"b\":{}}")]
    public void Empty_objects_and_arrays_stay(string json) => Assert.Equal(json, Canonical(json));
}
