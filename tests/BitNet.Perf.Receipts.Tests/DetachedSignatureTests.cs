using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Signatures;

namespace BitNet.Perf.Receipts.Tests;

public sealed class DetachedSignatureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signatures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private (SigningKey Private, VerificationKey Public) Keys(string name = "key")
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (SigningKey.Read(Written(name + ".pem", pair.ExportPkcs8PrivateKeyPem())), VerificationKey.Read(Written(name + ".pub.pem", pair.ExportSubjectPublicKeyInfoPem())));
    }

    private (string Path, Receipt Receipt) Signed(SigningKey key)
    {
        string path = Path.Combine(_folder, "receipt.json");
        Receipt receipt = ReceiptFile.Write(path, SyntheticReceipt.Create());
        DetachedSignature.Write(path, receipt.Digest!, key);
        return (path, receipt);
    }

    [Fact]
    public void A_signature_fits_its_content_and_key()
    {
        (SigningKey key, VerificationKey trusted) = Keys();
        (string path, Receipt receipt) = Signed(key);
        Assert.Equal(key.Fingerprint, trusted.Fingerprint);
        Assert.Null(DetachedSignature.Check(path, receipt.Digest!, trusted));
    }

    [Fact]
    public void It_is_an_ordinary_signature_of_the_canonical_form()
    {
        (SigningKey key, _) = Keys();
        (string path, Receipt receipt) = Signed(key);
        JsonNode signature = JsonNode.Parse(File.ReadAllText(DetachedSignature.PathOf(path)))!;
        using var trusted = ECDsa.Create();
        trusted.ImportFromPem(File.ReadAllText(Path.Combine(_folder, "key.pub.pem")));
        using var document = System.Text.Json.JsonDocument.Parse(ReceiptFile.Format(receipt));
        byte[] canonical = Json.CanonicalJson.Serialize(document.RootElement, without: "digest");
        Assert.True(trusted.VerifyData(canonical, Convert.FromBase64String(signature["signature"]!.GetValue<string>()), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void A_forged_sample_under_a_new_seal_fails_by_the_signature_alone()
    {
        (SigningKey key, VerificationKey trusted) = Keys();
        (string path, Receipt receipt) = Signed(key);
        Receipt forged = ReceiptFile.Write(path, SyntheticReceipt.Create(slowdown: 0.9));
        Assert.Empty(Verification.ReceiptVerification.Verify(forged));
        Assert.Contains($"of another content: {receipt.Digest}; the file has {forged.Digest}", DetachedSignature.Check(path, forged.Digest!, trusted)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void None_one_of_another_key_and_an_altered_one_are_found()
    {
        (SigningKey key, VerificationKey trusted) = Keys();
        (string path, Receipt receipt) = Signed(key);
        Assert.Contains("made with another key", DetachedSignature.Check(path, receipt.Digest!, Keys("other").Public)!.Message, StringComparison.Ordinal);
        string file = DetachedSignature.PathOf(path);
        JsonNode signature = JsonNode.Parse(File.ReadAllText(file))!;
        foreach ((string member, string value, string expected) in new[]
        {
            ("signature", Convert.ToBase64String(new byte[70]), "does not fit"), ("signature", "no Base64", "does not fit"), ("algorithm", "rsa", "of algorithm \"rsa\""),
            ("digest", "sha256:" + new string('0', 64), "of another content"),
        })
        {
            JsonNode altered = signature.DeepClone();
            altered[member] = value;
            File.WriteAllText(file, altered.ToJsonString());
            Verification.Finding finding = DetachedSignature.Check(path, receipt.Digest!, trusted)!;
            Assert.Equal("signature", finding.Code);
            Assert.Contains(expected, finding.Message, StringComparison.Ordinal);
        }
        File.WriteAllText(file, signature.ToJsonString().Replace("signature/1", "signature/2", StringComparison.Ordinal));
        Assert.Equal(ReceiptFault.NewerSchema, Assert.Throws<ReceiptException>(() => DetachedSignature.Check(path, receipt.Digest!, trusted)).Fault);
        File.WriteAllText(file, "MEUCIQ==");
        Assert.Equal(ReceiptFault.Malformed, Assert.Throws<ReceiptException>(() => DetachedSignature.Check(path, receipt.Digest!, trusted)).Fault);
        File.Delete(file);
        Assert.Contains("there is no signature receipt.json.sig beside it", DetachedSignature.Check(path, receipt.Digest!, trusted)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_superseded_baseline_keeps_its_signature_and_the_new_one_has_none()
    {
        using BaselineChains chains = new();
        (SigningKey key, VerificationKey trusted) = Keys();
        Baseline first = chains.Publish(1);
        DetachedSignature.Write(chains.Head, first.Digest!, key);
        Baseline second = chains.Store.Publish(BaselineChains.Draft(2), first).Baseline;
        Assert.NotNull(DetachedSignature.Check(chains.Head, second.Digest!, trusted));
        Assert.Null(DetachedSignature.Check(chains.History.PathOf(first.Digest!), first.Digest!, trusted));
    }

    public static TheoryData<string, bool, string> Unfit => new()
    {
        { "text", true, "not PEM" }, { "text", false, "not PEM" }, { "empty", true, "not PEM" },
        { "encrypted", true, "an encrypted key" }, { "encrypted-sec1", true, "an encrypted key" },
        { "rsa", true, "no key of elliptic curves" }, { "rsa-public", false, "no key of elliptic curves" }, { "rsa-pkcs1", true, "an RSA key" },
        { "p384", true, "a key on the curve" }, { "p384-public", false, "a key on the curve" }, { "k1", true, "a key on the curve" },
        { "public", true, "a public key, with which nothing can be signed" }, { "private", false, "a private key" },
        { "two", true, "holds 2 keys" }, { "certificate", false, "holds a CERTIFICATE" }, { "damaged", true, "damaged" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void A_key_that_does_not_serve_is_told_of_in_one_line(string kind, bool wantPrivate, string expected)
    {
        string path = Written(kind, Pem(kind));
        ReceiptException e = Assert.Throws<ReceiptException>(() => wantPrivate ? (object)SigningKey.Read(path) : VerificationKey.Read(path));
        Assert.Equal(ReceiptFault.Malformed, e.Fault);
        Assert.StartsWith($"{path}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("; expected an ECDSA P-256 ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("sec1")]
    [InlineData("sec1-with-parameters")]
    public void Private_keys_as_openssl_writes_them_are_read(string kind) => Assert.StartsWith("sha256:", SigningKey.Read(Written(kind, Pem(kind))).Fingerprint, StringComparison.Ordinal);

    private static string Pem(string kind)
    {
        using var ec = ECDsa.Create(kind.StartsWith("p384", StringComparison.Ordinal) ? ECCurve.NamedCurves.nistP384
            : kind == "k1" ? ECCurve.CreateFromValue("1.3.132.0.10") : ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        return kind switch
        {
            "text" => "a key, I think\n",
            "empty" => "",
            "encrypted" => ec.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            "encrypted-sec1" => "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n",
            "rsa" => rsa.ExportPkcs8PrivateKeyPem(),
            "rsa-public" => rsa.ExportSubjectPublicKeyInfoPem(),
            "rsa-pkcs1" => rsa.ExportRSAPrivateKeyPem(),
            "public" or "p384-public" => ec.ExportSubjectPublicKeyInfoPem(),
            "two" => ec.ExportPkcs8PrivateKeyPem() + "\n" + ec.ExportPkcs8PrivateKeyPem(),
            "certificate" => PemEncoding.WriteString("CERTIFICATE", new byte[8]),
            "damaged" => PemEncoding.WriteString("PRIVATE KEY", new byte[8]),
            "sec1" => ec.ExportECPrivateKeyPem(),
            "sec1-with-parameters" => PemEncoding.WriteString("EC PARAMETERS", [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7]) + "\n" + ec.ExportECPrivateKeyPem(),
            _ => ec.ExportPkcs8PrivateKeyPem(),
        };
    }
}
