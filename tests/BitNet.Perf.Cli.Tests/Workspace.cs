using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Tests;

namespace BitNet.Perf.Cli.Tests;

/// <summary>A working folder and an environment of its own, in which commands run in this process.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "bitnet-perf-cli-" + Guid.NewGuid().ToString("N"));

    public Dictionary<string, string> Variables { get; } = [];

    public Surroundings Surroundings => new(Variables.GetValueOrDefault, Folder);

    public string this[string name] => Path.Combine(Folder, name);

    public Task<CommandRun> Run(params string[] arguments) =>
        CommandRun.Until(TestContext.Current.CancellationToken, CommandTree.Commands, arguments, Surroundings);

    public void Text(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    /// <summary>A sound receipt of a run of its own.</summary>
    public Receipt Receipt(string name, double slowdown = 1, Func<Receipt, Receipt>? change = null)
    {
        string run = "20260131T081500Z-" + Guid.NewGuid().ToString("N")[..8];
        Receipt receipt = SyntheticReceipt.Create(run: run, slowdown: slowdown);
        return ReceiptFile.Write(this[name], change is null ? receipt : change(receipt));
    }

    /// <summary>A receipt with one figure altered after it was sealed.</summary>
    public void AlteredReceipt(string name)
    {
        Receipt(name);
        string text = File.ReadAllText(this[name]);
        string altered = text.Replace("\"suite\": \"quick\"", "\"suite\": \"full\"", StringComparison.Ordinal);
        Assert.NotEqual(text, altered);
        File.WriteAllText(this[name], altered);
    }

    /// <summary>A receipt of a version that this program does not know.</summary>
    public void NewerReceipt(string name) => Text(name, """{"schema": "receipt/99", "anything": []}""");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
