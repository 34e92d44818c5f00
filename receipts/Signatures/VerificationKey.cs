using System.Security.Cryptography;

namespace BitNet.Perf.Receipts.Signatures;

/// <summary>A public key that the user trusts.</summary>
public sealed class VerificationKey : IDisposable
{
    private readonly ECDsa _key;

    private VerificationKey(ECDsa key) => (_key, Fingerprint) = (key, KeyFile.Fingerprint(key));

    public string Fingerprint { get; }

    /// <param name="path">PEM.</param>
    /// <exception cref="ReceiptException">It cannot be read, or holds no public key of ECDSA P-256.</exception>
    public static VerificationKey Read(string path) => new(KeyFile.Read(path, wantPrivate: false));

    internal bool Fits(byte[] hash, ReadOnlySpan<byte> signature)
    {
        try
        {
            return _key.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false; // not even the form of a signature
        }
    }

    public void Dispose() => _key.Dispose();
}
