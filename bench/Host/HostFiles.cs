namespace BitNet.Perf.Bench.Host;

/// <summary>The text files in which an operating system describes the machine, below a root folder.
/// The root is "/" on a live machine and a folder of captured files in tests.</summary>
public sealed class HostFiles(string root)
{
    public static HostFiles Live { get; } = new("/");

    /// <summary>The file's text, or null where it is missing or may not be read: both mean "not known".</summary>
    public string? Read(string path)
    {
        try
        {
            return File.ReadAllText(Locate(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The file's text without surrounding white space; null when missing or empty.</summary>
    public string? ReadLine(string path)
    {
        var text = Read(path)?.Trim('\0', ' ', '\t', '\r', '\n');
        return string.IsNullOrEmpty(text) ? null : text;
    }

    public bool Exists(string path) => File.Exists(Locate(path)) || Directory.Exists(Locate(path));

    /// <summary>Names of the folders in <paramref name="path"/> that begin with <paramref name="prefix"/> and go on with digits only, by number.</summary>
    public IReadOnlyList<string> Numbered(string path, string prefix)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Locate(path), prefix + "*")
                .Select(entry => Path.GetFileName(entry)!)
                .Where(name => int.TryParse(name.AsSpan(prefix.Length), out _))
                .OrderBy(name => int.Parse(name.AsSpan(prefix.Length)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Names of all files and folders in <paramref name="path"/>, in order; null where it is missing or may not be read.</summary>
    public IReadOnlyList<string>? Entries(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Locate(path)).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Locate(string path) => Path.Combine(root, path.TrimStart('/'));
}
