using System.CommandLine;
using System.Globalization;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>baseline accept</c>: a known regression passes, up to a size and until a day.</summary>
internal static class BaselineAcceptCommand
{
    public static PerfCommand Create()
    {
        var glob = new Argument<string>("WORKLOAD-GLOB") { Description = "Pattern of the workloads; * stops at /, ** does not." };
        var reason = new Option<string>("--reason") { Description = "Why they may cost more; one line.", HelpName = "TEXT", Required = true };
        var expires = new Option<string>("--expires") { Description = "Last day, in UTC, on which it holds.", HelpName = "YYYY-MM-DD", Required = true };
        var max = new Option<string>("--max") { Description = "How much more they may cost; what costs more than that fails again.", HelpName = "5%", Required = true };
        var hostKey = new Option<string?>("--host-key") { Description = "Host on which it holds; without it every host.", HelpName = "KEY" };
        return new PerfCommand("accept", "Accepts a regression: compare, run and report let it pass and show it, until it expires or grows beyond the given size.",
            "bitnet-perf baseline accept 'kernel/gemv/**' --reason \"exact rounding, see #12\" --expires 2030-06-30 --max 5%")
        { glob, reason, expires, max, hostKey, PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            var acceptance = new Acceptance
            {
                Workloads = Parsed("WORKLOAD-GLOB", () => new WorkloadGlob(context.Value(glob)).ToString()),
                Reason = context.Value(reason)!.Trim(),
                Expires = Parsed("--expires", () => Day(context.Value(expires)!, DateOnly.FromDateTime(now.UtcDateTime))),
                Max = Parsed("--max", () => SettingText.Percentage(context.Value(max)!)),
                HostKey = context.Value(hostKey),
                AcceptedUtc = now,
            };
            AcceptanceStore store = BaselineCommand.Acceptances(context);
            Acceptance? replaced = Added(store, acceptance);
            context.Out.WriteLine(context.Surroundings.Shown(store.FilePath));
            context.WriteLines($"  {acceptance.Workloads} may cost up to {AcceptanceText.Share(acceptance.Max)} more until {AcceptanceText.Day(acceptance.Expires)} on {acceptance.HostKey ?? "every host"}: {acceptance.Reason}");
            if (replaced is not null)
                context.WriteLines($"  takes the place of: up to {AcceptanceText.Share(replaced.Max)} until {AcceptanceText.Day(replaced.Expires)}: {replaced.Reason}");
            return ExitCode.Done;
        });
    }

    private static Acceptance? Added(AcceptanceStore store, Acceptance acceptance)
    {
        try
        {
            return store.Add(acceptance);
        }
        catch (ReceiptException e) when (e.Fault == ReceiptFault.Refused)
        {
            throw CommandFailure.Usage($"--{(e.Location == "hostKey" ? "host-key" : e.Location)}: {e.What}; expected {e.Expected}");
        }
    }

    private static DateOnly Day(string text, DateOnly today)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            throw new FormatException($"\"{text}\"; expected a day, e.g. {AcceptanceText.Day(today.AddMonths(3))}");
        return day >= today ? day : throw new FormatException($"{text} is over; expected {AcceptanceText.Day(today)} or later");
    }

    private static T Parsed<T>(string place, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException e)
        {
            throw CommandFailure.Usage($"{place}: {e.Message}");
        }
    }
}
