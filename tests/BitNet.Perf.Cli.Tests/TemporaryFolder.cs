namespace BitNet.Perf.Cli.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("bitnet-perf-test-").FullName;

    public string Path { get; }

    /// <summary>Names of the files in it.</summary>
    public string[] Files => [.. Directory.GetFiles(Path).Select(f => System.IO.Path.GetFileName(f)).Order()];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a changed copy of a file and returns its path.</summary>
    public string Altered(string source, Action<byte[]> change, int? length = null)
    {
        byte[] bytes = File.ReadAllBytes(source)[..(length ?? (int)new FileInfo(source).Length)];
        change(bytes);
        string path = this[$"altered-{System.IO.Path.GetFileName(source)}"];
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
