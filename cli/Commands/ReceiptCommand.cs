using System.CommandLine;
using System.Text;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Signatures;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>receipt verify</c> and <c>receipt show</c>; <c>receipt import</c> has a file of its own.</summary>
internal static class ReceiptCommand
{
    public static PerfCommand Create() => new("receipt", "Checks, shows, signs and imports receipts.", "bitnet-perf receipt verify artifacts/*/receipt.json")
    {
        Verify(),
        Show(),
        SignCommands.ForReceipts(),
        ReceiptImportCommand.Create(),
    };

    private static PerfCommand Verify()
    {
        var files = new Argument<string[]>("FILE") { Description = "Receipts.", Arity = ArgumentArity.OneOrMore };
        Option<string?> publicKey = SignCommands.PublicKey();
        return new PerfCommand("verify", "Computes schema, digest and arithmetic of receipts again: one line a file, or one for each finding. With a public key their signatures too.",
            "bitnet-perf receipt verify artifacts/receipt.json",
            "bitnet-perf receipt verify artifacts/receipt.json --public-key perf-key.pub.pem")
        { files, publicKey }.Does(context =>
        {
            using VerificationKey? key = context.Value(publicKey) is { } file ? InputFile.Read(context, file, VerificationKey.Read) : null;
            return VerificationLines.Write(context, "receipt verify", context.Value(files), path =>
            {
                Receipt receipt = ReceiptFile.Read(path);
                return new FileVerification([.. ReceiptVerification.Verify(receipt), .. SignedFile.Findings(path, receipt.Digest, key)], SignedFile.Summary(receipt.Digest, key));
            });
        });
    }

    private static PerfCommand Show()
    {
        var file = new Argument<string>("FILE") { Description = "A receipt." };
        var json = SharedOptions.Json();
        return new PerfCommand("show", "Shows a receipt: host, build, model, every workload with its figures. Does not verify it.",
            "bitnet-perf receipt show artifacts/receipt.json")
        { file, json }.Does(context =>
        {
            Receipt receipt = InputFile.Read(context, context.Value(file), ReceiptFile.Read);
            if (context.Value(json))
                context.Out.Write(Encoding.UTF8.GetString(ReceiptFile.Format(receipt)));
            else
                context.WriteLines(ReceiptText.Lines(receipt));
            return ExitCode.Done;
        });
    }
}
