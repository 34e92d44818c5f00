using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import.Claims;

/// <summary>Whether a published breakdown agrees with itself, within the rounding of the digits it was published in.</summary>
internal static class BreakdownChecks
{
    public static IEnumerable<ReceiptWarning> Of(ClaimedBreakdown breakdown) => [.. Sum(breakdown), .. Shares(breakdown), .. Throughput(breakdown)];

    private static IEnumerable<ReceiptWarning> Sum(ClaimedBreakdown breakdown)
    {
        decimal sum = breakdown.Parts.Sum(part => part.Value), missing = breakdown.Total.Value - sum;
        if (Math.Abs(missing) <= breakdown.Parts.Append(breakdown.Total).Sum(part => HalfUnit(part.Value)))
            yield break;
        string what = missing > 0 ? $"{Text(missing)} {breakdown.Unit} are in no part" : $"the parts are {Text(-missing)} {breakdown.Unit} too long";
        yield return new("breakdown-sum", null, $"the parts add up to {Text(sum)} {breakdown.Unit}, the total is {Text(breakdown.Total.Value)} {breakdown.Unit}: {what}");
    }

    private static IEnumerable<ReceiptWarning> Shares(ClaimedBreakdown breakdown)
    {
        ClaimedPart[] shared = [.. breakdown.Parts.Where(part => part.Percent is not null)];
        decimal sum = shared.Sum(part => part.Percent!.Value);
        if (shared.Length == breakdown.Parts.Count && Math.Abs(sum - 100) > shared.Sum(part => HalfUnit(part.Percent!.Value)))
            yield return new("shares-sum", null, $"the shares add up to {Text(sum)} %, not to 100 %");
        foreach (ClaimedPart part in shared)
        {
            decimal share = 100 * part.Value / breakdown.Total.Value;
            if (!Rounds(share, part.Percent!.Value))
                yield return new("share-wrong", part.Name, $"{Text(part.Value)} of {Text(breakdown.Total.Value)} {breakdown.Unit} are {Percent(share)} %, not {Text(part.Percent.Value)} %");
        }
    }

    private static IEnumerable<ReceiptWarning> Throughput(ClaimedBreakdown breakdown)
    {
        if (breakdown is not { TokensPerSecond: decimal claimed, Tokens: int tokens })
            yield break;
        Unit.TryParse(breakdown.Unit, out _, out double factor);
        decimal rate = tokens * 1e9m / (breakdown.Total.Value * (decimal)factor);
        if (!Rounds(rate, claimed))
            yield return new("throughput-wrong", null, FormattableString.Invariant($"{tokens} tokens in {Text(breakdown.Total.Value)} {breakdown.Unit} are {rate:0.####} tok/s, not {Text(claimed)}"));
    }

    /// <summary>Whether a figure may have been published as that: cut off or rounded.</summary>
    public static bool Rounds(decimal figure, decimal published) => Math.Abs(figure - published) <= 2 * HalfUnit(published);

    public static string Text(decimal figure) => figure.ToString(CultureInfo.InvariantCulture);

    /// <summary>Three decimals.</summary>
    public static string Percent(decimal share) => share.ToString("0.000", CultureInfo.InvariantCulture);

    // Half of the last digit that was published.
    private static decimal HalfUnit(decimal published) => new(5, 0, 0, false, (byte)Math.Min(28, published.Scale + 1));
}
