using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Signatures;

/// <summary>A signature beside the file it is of: FILE.sig. What is signed is the document's digest, which is the SHA-256 of its canonical form; so it is an
/// ordinary ECDSA signature of that form, whatever white space the file has.</summary>
public sealed record DetachedSignature
{
    public const string CurrentSchema = "signature/1";

    public const string Extension = ".sig";

    public const string EcdsaP256Sha256 = "ecdsa-p256-sha256";

    public required string Schema { get; init; }

    public required string Algorithm { get; init; }

    /// <summary>SHA-256 of the public key as SubjectPublicKeyInfo (DER).</summary>
    public required string KeyFingerprint { get; init; }

    /// <summary>Of the document that was signed.</summary>
    public required string Digest { get; init; }

    /// <summary>ECDSA-Sig-Value (RFC 3279, DER) in Base64, as openssl reads it.</summary>
    public required string Signature { get; init; }

    /// <summary>Where the signature of a file is.</summary>
    public static string PathOf(string file) => file + Extension;

    /// <summary>Signs a digest and writes the signature beside the file.</summary>
    /// <param name="file">Of the document, which must be verified.</param>
    /// <param name="digest">The document's.</param>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.WriteFailed"/>.</exception>
    public static DetachedSignature Write(string file, string digest, SigningKey key)
    {
        DetachedSignature made = new()
        {
            Schema = CurrentSchema,
            Algorithm = EcdsaP256Sha256,
            KeyFingerprint = key.Fingerprint,
            Digest = digest,
            Signature = Convert.ToBase64String(key.Sign(HashOf(digest))),
        };
        AtomicFile.Write(PathOf(file), IndentedJson.Serialize(StrictJson.ToElement(made)));
        return made;
    }

    /// <summary>Why the signature beside a file does not make its document the key's; null when it does.</summary>
    /// <param name="digest">The document's, computed from its content.</param>
    /// <exception cref="ReceiptException">The signature's file cannot be read, or is no signature of this version.</exception>
    public static Finding? Check(string file, string digest, VerificationKey key)
    {
        string path = PathOf(file);
        if (!File.Exists(path))
            return Fault($"there is no signature {Path.GetFileName(path)} beside it");
        DetachedSignature signature = Read(path);
        if (signature.Algorithm != EcdsaP256Sha256)
            return Fault($"of algorithm \"{signature.Algorithm}\"; expected {EcdsaP256Sha256}");
        if (signature.KeyFingerprint != key.Fingerprint)
            return Fault($"made with another key: {signature.KeyFingerprint}; expected {key.Fingerprint}");
        if (signature.Digest != digest)
            return Fault($"of another content: {signature.Digest}; the file has {digest} (signed before it was changed)");
        Span<byte> bytes = new byte[signature.Signature.Length];
        return Convert.TryFromBase64String(signature.Signature, bytes, out int length) && key.Fits(HashOf(digest), bytes[..length])
            ? null
            : Fault("does not fit the content and the key");
    }

    private static DetachedSignature Read(string path)
    {
        byte[] content = AtomicFile.Read(path);
        try
        {
            using JsonDocument document = StrictJson.Parse(content);
            SchemaName.Require(document.RootElement, CurrentSchema);
            return StrictJson.Deserialize<DetachedSignature>(content, document.RootElement);
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }

    private static Finding Fault(string what) => new("signature", "$.digest", what);

    private static byte[] HashOf(string digest) => Convert.FromHexString(digest[ReceiptDigest.Prefix.Length..]);
}
