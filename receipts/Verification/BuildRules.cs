using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Commit, runtime and identifiers have their form and agree with the host.</summary>
internal static partial class BuildRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        BuildDescription build = receipt.Build;
        if (build.Commit is string commit && !Forms.IsCommit(commit))
            yield return new("commit", "$.build.commit", $"\"{commit}\"; expected 40 or 64 lower-case hex digits, or null");
        if (build.Commit is null != build.Dirty is null)
            yield return new("commit", "$.build.dirty", "is known exactly when the commit is; expected both or neither to be null");
        if (!Runtime().IsMatch(build.Runtime))
            yield return new("runtime", "$.build.runtime", $"\"{build.Runtime}\"; expected e.g. \".NET 10.0.12\"");
        if (build.Configuration is not ("Release" or "Debug"))
            yield return new("configuration", "$.build.configuration", $"\"{build.Configuration}\"; expected Release or Debug");
        if (build.ExtraKernelWork is not null && receipt.Warnings.All(warning => warning.Code != WarningCodes.ExtraWork))
            yield return new("extra-work", "$.warnings", $"the build does extra work on purpose; expected a warning {WarningCodes.ExtraWork}");
        if (receipt.Origin == ReceiptOrigin.Measured && !Fits(build.RuntimeIdentifier, receipt.Host))
        {
            yield return new("runtime-identifier", "$.build.runtimeIdentifier",
                $"\"{build.RuntimeIdentifier}\" does not fit a {receipt.Host.Platform} host of architecture {receipt.Host.Architecture}");
        }
        foreach (string name in build.Jit.Environment.Keys)
        {
            if (!name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase))
                yield return new("jit", "$.build.jit.environment", $"\"{name}\"; expected names that begin with DOTNET_");
        }
    }

    // A distribution's own runtime says e.g. debian.12-x64 or linux-musl-x64.
    private static bool Fits(string identifier, HostDescription host) => identifier.EndsWith("-" + host.Architecture, StringComparison.Ordinal)
        && identifier.StartsWith("win", StringComparison.Ordinal) == (host.Platform == "windows")
        && identifier.StartsWith("osx", StringComparison.Ordinal) == (host.Platform == "macos");

    [GeneratedRegex(@"\A\.NET [0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\z")]
    private static partial Regex Runtime();
}
