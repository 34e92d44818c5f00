using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Name and times of the run, suite, generator, filters and warnings.</summary>
internal static class IdentityRules
{
    private static readonly string[] Suites = ["quick", "gate", "kernels", "e2e", "full"];
    internal static readonly DateTimeOffset Earliest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero); // the model format is from 2025

    // Clocks of two reads, and one that was set during the run, may differ by this much.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (!RunName.TryParse(receipt.Run, out DateTimeOffset start))
            yield return new("run-name", "$.run", $"\"{receipt.Run}\"; expected UTC start and eight hex digits, e.g. 20260131T081500Z-4f2a90c1");
        else if (start > receipt.CreatedUtc + Slack)
            yield return new("time", "$.run", "starts after the receipt was written");
        if (receipt.CreatedUtc < Earliest || receipt.CreatedUtc > DateTimeOffset.UtcNow.AddDays(1))
            yield return new("time", "$.createdUtc", "is before 2025 or in the future");
        for (int i = 0; i < receipt.Launches.Count; i++)
        {
            LaunchRecord launch = receipt.Launches[i];
            if (start != default && launch.StartedUtc < start - Slack)
                yield return new("time", $"$.launches[{i}].startedUtc", "is before the run's start");
            if (Ended(launch) > receipt.CreatedUtc + Slack)
                yield return new("time", $"$.launches[{i}].startedUtc", "the launch ended after the receipt was written");
            if (i > 0 && receipt.Origin == ReceiptOrigin.Measured && launch.StartedUtc < Ended(receipt.Launches[i - 1]) - Slack)
                yield return new("time", $"$.launches[{i}].startedUtc", "is before the launch before it ended");
        }
        if (receipt.Origin == ReceiptOrigin.Measured && !Suites.Contains(receipt.Suite))
            yield return new("suite", "$.suite", $"\"{receipt.Suite}\"; expected {string.Join(", ", Suites)}");
        if (!Forms.IsText(receipt.Generator.Name) || !Forms.IsText(receipt.Generator.Version) || receipt.Generator.Protocol < 1)
            yield return new("generator", "$.generator", "expected a name, a version and a protocol of at least 1");
        for (int i = 0; i < receipt.Filters.Count; i++)
        {
            if (!IsGlob(receipt.Filters[i]))
                yield return new("filter", $"$.filters[{i}]", "is not a pattern of workloads");
        }
        for (int i = 0; i < receipt.Warnings.Count; i++)
        {
            ReceiptWarning warning = receipt.Warnings[i];
            if (!Forms.IsKebab(warning.Code) || !Forms.IsText(warning.Message))
                yield return new("warning", $"$.warnings[{i}]", "expected a kebab-case code and one line of message");
        }
    }

    private static DateTimeOffset Ended(LaunchRecord launch) =>
        launch.WallSeconds is > 0 and < 1e7 ? launch.StartedUtc.AddSeconds(launch.WallSeconds) : launch.StartedUtc;

    private static bool IsGlob(string pattern) => pattern.Length > 0 && !pattern.Any(char.IsWhiteSpace);
}
