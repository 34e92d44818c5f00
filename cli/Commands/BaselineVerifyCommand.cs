using System.CommandLine;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Signatures;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>baseline verify</c>: digests, arithmetic, place and chain of stored baselines.</summary>
internal static class BaselineVerifyCommand
{
    public static PerfCommand Create()
    {
        var which = new Argument<string[]>("KEY|PATH") { Description = "Host keys, HOST-KEY/SUITE or files; all of the folder when none is given.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> publicKey = SignCommands.PublicKey();
        return new PerfCommand("verify", "Computes digests and arithmetic of baselines and of every receipt in them again, walks the chain of those they took the place of, and looks whether the acceptances can be read.",
            "bitnet-perf baseline verify",
            "bitnet-perf baseline verify --public-key perf-key.pub.pem")
        { which, publicKey, PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            BaselineStore store = BaselineCommand.Store(context);
            AcceptanceStore acceptances = BaselineCommand.Acceptances(context);
            string[] external = [.. store.ExternalPaths()];
            using VerificationKey? key = context.Value(publicKey) is { } file ? InputFile.Read(context, file, VerificationKey.Read) : null;
            string[] paths = context.Value(which) is { Length: > 0 } given
                ? [.. given.SelectMany(name => BaselineInputs.Files(context, store, name))]
                : [.. store.Paths(), .. external, .. File.Exists(acceptances.FilePath) ? [acceptances.FilePath] : Array.Empty<string>()];
            if (paths.Length == 0)
                throw CommandFailure.BadInput($"{context.Surroundings.Shown(store.Folder)}: no baseline to verify; expected HOST-KEY/SUITE.json");
            return VerificationLines.Write(context, "baseline verify", paths, path =>
                context.Surroundings.Absolute(path) == context.Surroundings.Absolute(acceptances.FilePath)
                    ? new FileVerification([], AcceptanceText.Summary(acceptances.Read(), DateOnly.FromDateTime(DateTime.UtcNow)))
                    : external.Select(context.Surroundings.Absolute).Contains(context.Surroundings.Absolute(path)) ? OfAnotherEngine(path)
                    : Verify(path, key));
        });
    }

    // Figures that others published are nobody's here to sign.
    private static FileVerification OfAnotherEngine(string path)
    {
        Receipt receipt = ReceiptFile.Read(path);
        return new FileVerification(ExternalEntry.Verify(receipt), receipt.Digest ?? "");
    }

    // The signature of the newest covers those behind it: each names the next one's digest.
    private static FileVerification Verify(string path, VerificationKey? key)
    {
        if (BaselineHistory.Holds(path))
        {
            Baseline kept = BaselineFile.Read(path);
            return new FileVerification([.. BaselineVerification.Verify(kept), .. SignedFile.Findings(path, kept.Digest, key)], SignedFile.Summary(kept.Digest, key));
        }
        BaselineChain chain = BaselineChain.Read(path);
        string length = chain.Line.Count == 1 ? "" : $", chain of {chain.Line.Count}";
        return new FileVerification(
            [.. BaselineStore.Verify(chain.Head, path), .. chain.Verify(), .. SignedFile.Findings(path, chain.Head.Digest, key)],
            SignedFile.Summary(chain.Head.Digest, key) + length, [.. chain.Notes]);
    }
}
