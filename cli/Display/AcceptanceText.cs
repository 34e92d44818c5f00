using System.Globalization;
using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Cli.Display;

/// <summary>Acknowledged regressions as a person reads them.</summary>
public static class AcceptanceText
{
    /// <param name="today">In UTC; marks what expired before it.</param>
    public static IEnumerable<string> List(IReadOnlyList<Acceptance> acceptances, DateOnly today)
    {
        var table = new TextTable(new("accepted"), new("up to", true), new("until"), new("host key"), new("reason"));
        foreach (Acceptance acceptance in acceptances)
        {
            table.Add(acceptance.Workloads, Share(acceptance.Max), Day(acceptance.Expires), acceptance.HostKey ?? "every host",
                acceptance.ExpiredOn(today) ? $"EXPIRED: {acceptance.Reason}" : acceptance.Reason);
        }
        return table.Lines();
    }

    public static string Summary(IReadOnlyList<Acceptance> acceptances, DateOnly today)
    {
        int expired = acceptances.Count(acceptance => acceptance.ExpiredOn(today));
        return FormattableString.Invariant($"{acceptances.Count} {(acceptances.Count == 1 ? "acceptance" : "acceptances")}, {expired} expired");
    }

    public static string Share(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
