using BitNet.Perf.Receipts.Signatures;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Commands;

/// <summary>What verifying with a public key adds to verifying without.</summary>
internal static class SignedFile
{
    /// <param name="digest">As the file says; whether it is its content's is for other rules to say.</param>
    /// <param name="key">Null asks for no signature.</param>
    public static IEnumerable<Finding> Findings(string path, string? digest, VerificationKey? key) =>
        key is not null && digest is not null && DetachedSignature.Check(path, digest, key) is { } finding ? [finding] : [];

    public static string Summary(string? digest, VerificationKey? key) => key is null ? digest ?? "" : $"{digest}, signed by {key.Fingerprint}";
}
