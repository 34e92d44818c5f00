using System.Globalization;
using System.Security.Cryptography;

namespace BitNet.Perf.Receipts.Schema;

/// <summary>Names of runs: UTC start to the second and eight random hex digits, e.g. 20260131T081500Z-4f2a90c1. They sort by time.</summary>
public static class RunName
{
    private const string Form = "yyyyMMdd'T'HHmmss'Z'";
    private const int SuffixLength = 8;

    public static string Create(DateTimeOffset start) =>
        start.ToUniversalTime().ToString(Form, CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetHexString(SuffixLength, lowercase: true);

    /// <summary>Start of the run, to the second.</summary>
    public static bool TryParse(string name, out DateTimeOffset start)
    {
        start = default;
        return name.Length == 17 + SuffixLength
            && name[16] == '-'
            && name.AsSpan(17).IndexOfAnyExcept("0123456789abcdef") < 0
            && DateTimeOffset.TryParseExact(name.AsSpan(0, 16), Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out start);
    }
}
