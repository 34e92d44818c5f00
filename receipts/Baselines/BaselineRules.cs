using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Which receipts may be published, and which of them together.</summary>
internal static class BaselineRules
{
    /// <summary>Why a receipt can be no baseline whatever is allowed; null when it can.</summary>
    public static string? Unpublishable(Receipt receipt) => receipt switch
    {
        { Origin: ReceiptOrigin.External } => "figures of another engine are no baseline of this one",
        { Status: not RunStatus.Complete } => "the run is incomplete; go on with run --resume",
        { Build.Configuration: not "Release" } => $"measured with a {receipt.Build.Configuration} build; expected Release",
        { Build.ExtraKernelWork: not null } => "measured with a build that does extra work on purpose",
        _ when receipt.Launches.FirstOrDefault(launch => launch.Outcome != LaunchOutcome.Complete) is LaunchRecord lost => $"launch {lost.Index} was lost",
        _ when receipt.Warnings.FirstOrDefault(warning => warning.Code == WarningCodes.ResultDiffers) is ReceiptWarning warning => $"wrong result of {warning.Subject}",
        _ => null,
    };

    /// <summary>Why a receipt's program cannot be built again from its commit; null when it can.</summary>
    public static string? Untraceable(Receipt receipt) => receipt.Build switch
    {
        { Commit: null } => "the commit of the build is not known",
        { Dirty: not false } => "the checkout differed from its commit when it was built",
        _ => null,
    };

    /// <summary>The commits of the receipts where they are of several; null when they are of one. Unknown is one of its own.</summary>
    public static string? MixedCommits(IReadOnlyList<Receipt> receipts)
    {
        string[] commits = [.. receipts.Select(receipt => receipt.Build.Commit is { } commit ? commit[..Math.Min(12, commit.Length)] : "unknown").Distinct()];
        return commits.Length > 1 ? $"of different commits: {string.Join(", ", commits)}" : null;
    }

    /// <summary>What keeps receipts from standing for the same thing. Paths are those of a baseline's document.</summary>
    public static IEnumerable<Finding> Together(IReadOnlyList<Receipt> receipts)
    {
        for (int i = 1; i < receipts.Count; i++)
        {
            string path = FormattableString.Invariant($"$.receipts[{i}]");
            Receipt first = receipts[0];
            Receipt receipt = receipts[i];
            for (int j = 0; j < i; j++)
            {
                if (receipts[j].Run == receipt.Run || (receipt.Digest is not null && receipts[j].Digest == receipt.Digest))
                    yield return new("duplicate", path, $"run {receipt.Run} is there twice");
            }
            if (receipt.HostKey != first.HostKey)
                yield return new("host-key", $"{path}.hostKey", $"\"{receipt.HostKey}\" and \"{first.HostKey}\" are different hosts");
            if (receipt.Suite != first.Suite)
                yield return new("suite", $"{path}.suite", $"\"{receipt.Suite}\" and \"{first.Suite}\" are different suites");
            if (receipt.Model?.Sha256 != first.Model?.Sha256)
                yield return new("model", $"{path}.model", $"{Name(receipt)} and {Name(first)} are different models");
            foreach (Finding finding in Workloads(first, receipt, path))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> Workloads(Receipt first, Receipt receipt, string path)
    {
        Dictionary<string, WorkloadRecord> before = first.Workloads.DistinctBy(workload => workload.Id).ToDictionary(workload => workload.Id);
        HashSet<string> seen = [.. receipt.Workloads.Select(workload => workload.Id)];
        foreach (string missing in before.Keys.Where(id => !seen.Contains(id)))
            yield return new("workloads", $"{path}.workloads", $"lacks {missing}, which the first receipt has");
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            if (!before.TryGetValue(workload.Id, out WorkloadRecord? other))
                yield return new("workloads", $"{path}.workloads[{i}]", $"{workload.Id} is not in the first receipt");
            else if (workload.Definition != other.Definition || workload.Unit != other.Unit)
                yield return new("definition", $"{path}.workloads[{i}]", $"{workload.Id} is {workload.Definition} in {workload.Unit} here and {other.Definition} in {other.Unit} in the first receipt");
            else if (workload.Result?.Digest != other.Result?.Digest || (workload.Result is ResultCheck checkedHere && other.Result is ResultCheck checkedFirst && ResultCheck.Difference(checkedFirst, checkedHere) is not null))
                yield return new("result", $"{path}.workloads[{i}].result", $"{workload.Id} computed another result than in the first receipt");
        }
    }

    private static string Name(Receipt receipt) => receipt.Model is ModelDescription model ? $"{model.File} ({model.Sha256[..Math.Min(8, model.Sha256.Length)]})" : "no model";
}
