using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>How many launches a run made, in words.</summary>
public static class LaunchCounts
{
    /// <summary>"3 of 3 launches"; of a run that measured on "40 launches, 16 of every workload".</summary>
    public static string Of(Receipt receipt)
    {
        int complete = Complete(receipt), planned = receipt.Settings.LaunchesPlanned;
        return receipt.Launches.Count > planned
            ? FormattableString.Invariant($"{complete} launches, {planned} of every workload")
            : FormattableString.Invariant($"{complete} of {planned} launches");
    }

    /// <summary>The same for a table of facts: "3 complete of 3 planned".</summary>
    public static string Planned(Receipt receipt)
    {
        int complete = Complete(receipt), planned = receipt.Settings.LaunchesPlanned;
        return receipt.Launches.Count > planned
            ? FormattableString.Invariant($"{complete} complete, {planned} planned of every workload, the others of those that were open")
            : FormattableString.Invariant($"{complete} complete of {planned} planned");
    }

    private static int Complete(Receipt receipt) => receipt.Launches.Count(launch => launch.Outcome == LaunchOutcome.Complete);
}
