using System.CommandLine;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Signatures;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>receipt sign</c> and <c>baseline sign</c>: a detached signature with a key that the user keeps.</summary>
internal static class SignCommands
{
    private static Option<string> Key() => new("--key") { Description = "ECDSA P-256 private key in PEM, not encrypted.", HelpName = "KEY.pem", Required = true };

    /// <summary>Of the commands that verify.</summary>
    public static Option<string?> PublicKey() =>
        new("--public-key") { Description = "ECDSA P-256 public key in PEM: each file must have a signature FILE.sig of this key.", HelpName = "PUB.pem" };

    public static PerfCommand ForReceipts()
    {
        var files = new Argument<string[]>("FILE") { Description = "Receipts.", Arity = ArgumentArity.OneOrMore };
        Option<string> key = Key();
        return new PerfCommand("sign", "Verifies receipts and signs each one's digest with your key: FILE.sig beside it.", "bitnet-perf receipt sign artifacts/receipt.json --key perf-key.pem") { files, key }
            .Does(context => Sign(context, context.Value(key)!, context.Value(files), path => ReceiptVerification.Read(path).Digest!));
    }

    public static PerfCommand ForBaselines()
    {
        var which = new Argument<string[]>("KEY|PATH") { Description = "Host keys, HOST-KEY/SUITE or files.", Arity = ArgumentArity.OneOrMore };
        Option<string> key = Key();
        return new PerfCommand("sign", "Verifies baselines and signs each one's digest, and with it the chain behind it, with your key: FILE.sig beside it.",
            "bitnet-perf baseline sign HOST-KEY/quick --key perf-key.pem")
        { which, key, PerfSettings.Baselines.ToOption() }.Does(context =>
        {
            BaselineStore store = BaselineCommand.Store(context);
            string[] paths = [.. context.Value(which).SelectMany(name => BaselineInputs.Files(context, store, name))];
            return Sign(context, context.Value(key)!, paths, path => BaselineVerification.Read(path).Digest!);
        });
    }

    private static ExitCode Sign(CommandContext context, string keyFile, IReadOnlyList<string> files, Func<string, string> verifiedDigest)
    {
        using SigningKey key = InputFile.Read(context, keyFile, SigningKey.Read);
        foreach (string file in files)
        {
            string digest = InputFile.Read(context, file, verifiedDigest);
            InputFile.Read(context, file, path => DetachedSignature.Write(path, digest, key));
            context.Out.WriteLine($"{context.Surroundings.Shown(DetachedSignature.PathOf(file))}: {digest} signed by {key.Fingerprint}");
        }
        return ExitCode.Done;
    }
}
