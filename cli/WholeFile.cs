namespace BitNet.Perf.Cli;

/// <summary>
/// A file that appears whole or not at all: written to a temporary name in the same folder, flushed, then renamed. Devices (/dev/stdout) are
/// written in place, since renaming would replace them.
/// </summary>
public sealed class WholeFile : IDisposable
{
    private readonly string _path;
    private readonly string? _temporary;
    private bool _completed;

    /// <exception cref="CommandFailure">The file cannot be made (74).</exception>
    public WholeFile(string path)
    {
        _path = path;
        _temporary = IsDevice(path) ? null : $"{path}.{Guid.NewGuid():N}.tmp";
        if (Directory.Exists(path)) throw new CommandFailure(ExitCode.StoreFailed, $"{path}: is a directory; expected the name of a file to write");
        Stream = Attempt(() => new FileStream(_temporary ?? path, _temporary is null ? FileMode.Open : FileMode.CreateNew, FileAccess.Write));
    }

    private FileStream Stream { get; }

    public static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);

    /// <exception cref="CommandFailure">The disk is full or failed (74).</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stream.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    /// <summary>Flushes to the device and gives the file its name, replacing an older one.</summary>
    /// <exception cref="CommandFailure">The disk is full or failed (74).</exception>
    public void Complete() => Attempt(() =>
    {
        Stream.Flush(flushToDisk: _temporary is not null);
        Stream.Dispose();
        if (_temporary is not null) File.Move(_temporary, _path, overwrite: true);
        _completed = true;
        return true;
    });

    public void Dispose()
    {
        if (_completed) return;
        _completed = true;
        try
        {
            Stream.Dispose();
            if (_temporary is not null) File.Delete(_temporary);
        }
        catch (IOException)
        {
            // Why it is thrown away is already being reported; what cannot be deleted has a .tmp name.
        }
    }

    private T Attempt<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failed(e);
        }
    }

    private CommandFailure Failed(Exception e) => new(ExitCode.StoreFailed, $"{_path}: cannot be written: {e.Message}", e);
}
