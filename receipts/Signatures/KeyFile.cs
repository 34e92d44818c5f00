using System.Security.Cryptography;
using System.Text;

namespace BitNet.Perf.Receipts.Signatures;

/// <summary>Keys in PEM files (RFC 7468), as the user keeps them. Nothing else is known of keys here: none is made, stored or trusted.</summary>
internal static class KeyFile
{
    private const string CurveOid = "1.2.840.10045.3.1.7", CurveName = "nistP256";

    private static readonly string[] Private = ["PRIVATE KEY", "EC PRIVATE KEY"];

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>: no such key, in one line; or the file cannot be read.</exception>
    public static ECDsa Read(string path, bool wantPrivate)
    {
        string text = Encoding.UTF8.GetString(AtomicFile.Read(path));
        string wanted = wantPrivate ? "an ECDSA P-256 private key in PEM, not encrypted (PRIVATE KEY or EC PRIVATE KEY)" : "an ECDSA P-256 public key in PEM (PUBLIC KEY)";
        string[] labels = [.. Labels(text).Where(label => label != "EC PARAMETERS")];
        if (Misfit(labels, wantPrivate) is { } misfit)
            throw new ReceiptException(ReceiptFault.Malformed, path, null, misfit, wanted);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            Oid curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid;
            if (curve.Value != CurveOid && curve.FriendlyName != CurveName)
                throw new ReceiptException(ReceiptFault.Malformed, path, null, $"a key on the curve {curve.FriendlyName ?? curve.Value ?? "of its own parameters"}", wanted);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new ReceiptException(ReceiptFault.Malformed, path, null, "no key of elliptic curves (RSA?), or damaged", wanted, e);
        }
        catch (ReceiptException)
        {
            key.Dispose();
            throw;
        }
    }

    private static string? Misfit(string[] labels, bool wantPrivate) => labels switch
    {
        [] => "not PEM: no -----BEGIN … KEY-----",
        [_, _, ..] => $"holds {labels.Length} keys or other parts",
        ["ENCRYPTED PRIVATE KEY"] => "an encrypted key; this program asks for no passphrase",
        ["RSA PRIVATE KEY" or "RSA PUBLIC KEY"] => "an RSA key",
        ["PUBLIC KEY"] when wantPrivate => "a public key, with which nothing can be signed",
        [var label] when !wantPrivate && Private.Contains(label) => "a private key, which is not to be given away for verifying; openssl ec -in KEY -pubout makes the public one",
        [var label] when !(wantPrivate ? Private : ["PUBLIC KEY"]).Contains(label) => $"holds a {label}",
        _ => null,
    };

    private static IEnumerable<string> Labels(string text)
    {
        // Encrypted keys of the old kind say so in a header.
        if (text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            yield return "ENCRYPTED PRIVATE KEY";
            yield break;
        }
        int from = 0;
        while (PemEncoding.TryFind(text.AsSpan(from), out PemFields fields))
        {
            yield return text[from..][fields.Label];
            from += fields.Location.End.GetOffset(text.Length - from);
        }
    }

    /// <summary>SHA-256 of SubjectPublicKeyInfo, as <c>openssl pkey -pubin -outform DER | sha256sum</c> gives it.</summary>
    public static string Fingerprint(ECDsa key) => ReceiptDigest.Of(key.ExportSubjectPublicKeyInfo());
}
