using System.Globalization;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Ratios in words: "+6 %", never "1.06". Digits follow the uncertainty.</summary>
public static class Percent
{
    /// <summary>A ratio as a change: 1.085 is "+8.5 %".</summary>
    public static string Change(double ratio, int decimals = 1) => $"{Signed(ratio, decimals)} %";

    /// <summary>"+6.9 … +10.2".</summary>
    public static string Range(Interval interval, int decimals = 1) => $"{Signed(interval.Lower, decimals)} … {Signed(interval.Upper, decimals)}";

    /// <summary>A share or relative amount without a sign: 0.03 is "3 %", 0.028 is "2.8 %"; beyond tenfold the figure is no use.</summary>
    public static string Amount(double share) => share > 10 ? "> 1000 %" : $"{Number(share)} %";

    /// <summary>The same without the unit: one decimal below 10 %, none above.</summary>
    public static string Number(double share)
    {
        double percent = share * 100;
        return percent.ToString(Math.Abs(percent) < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
    }

    /// <summary>Decimals that an interval of this width deserves: none from ±10 % on.</summary>
    public static int Decimals(Interval? interval) => interval is { } i && i.Upper - i.Lower >= 0.2 ? 0 : 1;

    /// <summary>A ratio as a signed change without the unit: 1.085 is "+8.5"; what rounds to zero is "+0.0", never "-0.0".</summary>
    public static string Signed(double ratio, int decimals = 1)
    {
        double percent = Math.Round((ratio - 1) * 100, decimals);
        string digits = Math.Abs(percent).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return (percent < 0 ? "-" : "+") + digits;
    }
}
