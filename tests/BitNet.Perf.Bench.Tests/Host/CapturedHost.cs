using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Bench.Tests.Host;

/// <summary>A machine's description files, unpacked from one text ("==&gt; PATH &lt;==" heads each file, as `tail` writes several) to a folder.</summary>
internal sealed class CapturedHost : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("bitnet-host-").FullName;

    public CapturedHost(string name)
    {
        string? target = null;
        var lines = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "fixtures", "hosts", name + ".txt")).Append("==> end <=="))
        {
            if (!line.StartsWith("==> ", StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }
            if (target is not null)
                Write(target, string.Join('\n', lines));
            target = line[4..^4];
            lines.Clear();
        }
        Files = new HostFiles(_root);
    }

    public HostFiles Files { get; }

    /// <summary>Writes or replaces one of the files.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Combine(_root, path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
