using System.Security.Cryptography;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Tests;

namespace BitNet.Perf.Cli.Tests.Commands;

public sealed class SignCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public SignCommandTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _workspace.Text("key.pem", key.ExportECPrivateKeyPem());
        _workspace.Text("pub.pem", key.ExportSubjectPublicKeyInfoPem());
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_signed_receipt_verifies_with_the_public_key_and_a_forged_or_unsigned_one_is_4()
    {
        Receipt receipt = _workspace.Receipt("r.json");
        CommandRun unsigned = await _workspace.Run("receipt", "verify", "r.json", "--public-key", "pub.pem");
        Assert.Equal((ExitCode.VerificationFailed, "r.json: $.digest: there is no signature r.json.sig beside it [signature]\n"), (unsigned.Code, unsigned.Output));
        CommandRun signed = await _workspace.Run("receipt", "sign", "r.json", "--key", "key.pem");
        Assert.Equal(ExitCode.Done, signed.Code);
        Assert.Matches($@"\Ar\.json\.sig: {receipt.Digest} signed by sha256:[0-9a-f]{{64}}\n\z", signed.Output);
        CommandRun verified = await _workspace.Run("receipt", "verify", "r.json", "--public-key", "pub.pem");
        Assert.Equal(ExitCode.Done, verified.Code);
        Assert.Matches($@"\Ar\.json: OK {receipt.Digest}, signed by sha256:[0-9a-f]{{64}}\n\z", verified.Output);

        ReceiptFile.Write(_workspace["r.json"], SyntheticReceipt.Create(slowdown: 0.9));
        Assert.Equal(ExitCode.Done, (await _workspace.Run("receipt", "verify", "r.json")).Code);
        CommandRun forged = await _workspace.Run("receipt", "verify", "r.json", "--public-key", "pub.pem");
        Assert.Equal(ExitCode.VerificationFailed, forged.Code);
        Assert.Contains("$.digest: of another content", forged.Output);
    }

    [Fact]
    public async Task An_altered_receipt_is_not_signed()
    {
        _workspace.AlteredReceipt("r.json");
        CommandRun run = await _workspace.Run("receipt", "sign", "r.json", "--key", "key.pem");
        Assert.Equal(ExitCode.VerificationFailed, run.Code);
        Assert.False(File.Exists(_workspace["r.json.sig"]));
    }

    [Theory]
    [InlineData("sign", "--key", "pub.pem", "pub.pem: a public key, with which nothing can be signed")]
    [InlineData("sign", "--key", "r.json", "r.json: not PEM")]
    [InlineData("sign", "--key", "nowhere.pem", "nowhere.pem: no such file")]
    [InlineData("verify", "--public-key", "key.pem", "key.pem: a private key")]
    public async Task A_key_that_does_not_serve_is_65_in_one_line(string command, string option, string key, string expected)
    {
        _workspace.Receipt("r.json");
        CommandRun run = await _workspace.Run("receipt", command, "r.json", option, key);
        Assert.Equal((ExitCode.BadInput, ""), (run.Code, run.Output));
        Assert.StartsWith($"bitnet-perf receipt {command}: {expected}", run.ErrorLine);
    }

    [Fact]
    public async Task A_signature_of_another_form_is_65()
    {
        _workspace.Receipt("r.json");
        _workspace.Text("r.json.sig", "untrusted comment: x\n");
        CommandRun run = await _workspace.Run("receipt", "verify", "r.json", "--public-key", "pub.pem");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("r.json", run.ErrorLine);
    }

    [Fact]
    public async Task A_signed_baseline_s_chain_verifies_until_another_takes_its_place_unsigned()
    {
        _workspace.Receipt("a.json");
        _workspace.Receipt("b.json");
        await _workspace.Run("baseline", "publish", "a.json", "--reason", "first");
        string key = SyntheticReceipt.Create().HostKey;
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "sign", $"{key}/quick", "--key", "key.pem")).Code);
        CommandRun verified = await _workspace.Run("baseline", "verify", "--public-key", "pub.pem");
        Assert.Equal((ExitCode.Done, true), (verified.Code, verified.Output.Contains(", signed by sha256:", StringComparison.Ordinal)));
        await _workspace.Run("baseline", "publish", "b.json", "--reason", "second");
        Assert.Equal(ExitCode.VerificationFailed, (await _workspace.Run("baseline", "verify", "--public-key", "pub.pem")).Code);
        string kept = Directory.GetFiles(_workspace[$"baselines/{key}/history/quick"], "*.json")[0];
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "verify", kept, "--public-key", "pub.pem")).Code);
        await _workspace.Run("baseline", "sign", key, "--key", "key.pem");
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "verify", "--public-key", "pub.pem")).Code);
    }
}
