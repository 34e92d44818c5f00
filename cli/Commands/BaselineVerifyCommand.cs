using System.CommandLine;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>baseline verify</c>: digests, arithmetic and place of stored baselines.</summary>
internal static class BaselineVerifyCommand
{
    public static PerfCommand Create()
    {
        var which = new Argument<string[]>("KEY|PATH") { Description = "Host keys, HOST-KEY/SUITE or files; all of the folder when none is given.", Arity = ArgumentArity.ZeroOrMore };
        return new PerfCommand("verify", "Computes digests and arithmetic of baselines and of every receipt in them again, and whether the acceptances can be read.",
            "bitnet-perf baseline verify")
        { which, PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            BaselineStore store = BaselineCommand.Store(context);
            AcceptanceStore acceptances = BaselineCommand.Acceptances(context);
            string[] external = [.. store.Externals().Select(entry => entry.Path)];
            string[] paths = context.Value(which) is { Length: > 0 } given
                ? [.. given.SelectMany(name => BaselineInputs.Files(context, store, name))]
                : [.. store.List().Select(entry => entry.Path), .. external, .. File.Exists(acceptances.FilePath) ? [acceptances.FilePath] : Array.Empty<string>()];
            if (paths.Length == 0)
                throw CommandFailure.BadInput($"{context.Surroundings.Shown(store.Folder)}: no baseline to verify; expected HOST-KEY/SUITE.json");
            return VerificationLines.Write(context, "baseline verify", paths, path =>
            {
                if (context.Surroundings.Absolute(path) == context.Surroundings.Absolute(acceptances.FilePath))
                    return ([], AcceptanceText.Summary(acceptances.Read(), DateOnly.FromDateTime(DateTime.UtcNow)));
                if (external.Select(context.Surroundings.Absolute).Contains(context.Surroundings.Absolute(path)))
                    return (ExternalEntry.Verify(path), ReceiptFile.Read(path).Digest);
                IReadOnlyList<Finding> findings = BaselineStore.Verify(path);
                return (findings, BaselineFile.Read(path).Digest);
            });
        });
    }
}
