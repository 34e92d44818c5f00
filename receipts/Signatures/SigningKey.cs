using System.Security.Cryptography;

namespace BitNet.Perf.Receipts.Signatures;

/// <summary>A private key, for as long as it takes to sign.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key) => (_key, Fingerprint) = (key, KeyFile.Fingerprint(key));

    /// <summary>Of the public part.</summary>
    public string Fingerprint { get; }

    /// <param name="path">PEM, not encrypted.</param>
    /// <exception cref="ReceiptException">It cannot be read, or holds no private key of ECDSA P-256.</exception>
    public static SigningKey Read(string path) => new(KeyFile.Read(path, wantPrivate: true));

    internal byte[] Sign(byte[] hash) => _key.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
