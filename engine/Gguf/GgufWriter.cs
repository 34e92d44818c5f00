namespace BitNet.Engine.Gguf;

/// <summary>
/// Writes a GGUF file front to back: the header, then the tensors' bytes in the header's order. The bytes go to a temporary name in the
/// same folder and take the final name only in <see cref="Complete"/>; disposed before that, nothing is left. A disk that is full or a
/// folder that cannot be written gives a <see cref="GgufException"/>.
/// </summary>
public sealed class GgufWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly IReadOnlyList<GgufTensor> _tensors;
    private readonly Stream _stream;
    private int _tensor;
    private long _written;
    private bool _completed;

    private GgufWriter(string path, GgufHeader header, Func<string, long, Stream> open)
    {
        _path = path;
        _temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        _tensors = header.Tensors;
        byte[] bytes = header.ToBytes();
        Bytes = bytes.Length + header.DataBytes;
        try
        {
            _stream = open(_temporary, Bytes);
            _stream.Write(bytes);
        }
        catch (Exception e)
        {
            Discard();
            if (IsFileError(e)) throw CannotWrite(e);
            throw;
        }
    }

    /// <summary>Size of the whole file once complete.</summary>
    public long Bytes { get; }

    public static GgufWriter Create(string path, GgufHeader header) => Create(path, header, OpenFile);

    /// <summary>As <see cref="Create(string, GgufHeader)"/>, with the temporary file opened by <paramref name="open"/> (name, final size).</summary>
    internal static GgufWriter Create(string path, GgufHeader header, Func<string, long, Stream> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new GgufException(path, "is a directory", expected: "the name of a file to write");
        return new GgufWriter(path, header, open);
    }

    /// <summary>Appends bytes of the tensor that is next; a tensor may come in several pieces, a piece belongs to one tensor.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (_tensor == _tensors.Count || data.Length > _tensors[_tensor].Bytes - _written)
            throw new InvalidOperationException("more bytes than the header's tensors take");
        GgufTensor tensor = _tensors[_tensor];
        Write(data);
        _written += data.Length;
        if (_written < tensor.Bytes) return;
        _tensor++;
        _written = 0;
        if (_tensor < _tensors.Count) Write(new byte[_tensors[_tensor].Offset - tensor.Offset - tensor.Bytes]);
    }

    /// <summary>Flushes to the device and gives the file its name, replacing an older one.</summary>
    public void Complete()
    {
        if (_tensor != _tensors.Count) throw new InvalidOperationException($"tensor '{_tensors[_tensor].Name}' is not complete");
        try
        {
            if (_stream is FileStream file) file.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_temporary, _path, overwrite: true);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(e);
        }
        _completed = true;
    }

    public void Dispose()
    {
        if (!_completed) Discard();
        _completed = true;
    }

    // Preallocation makes a disk that is too small fail at once, before anything is generated.
    private static FileStream OpenFile(string path, long bytes) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.None,
        BufferSize = 0,
        PreallocationSize = bytes,
    });

    private static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

    private void Write(ReadOnlySpan<byte> data)
    {
        try
        {
            _stream.Write(data);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw CannotWrite(e);
        }
    }

    private void Discard()
    {
        try
        {
            _stream?.Dispose();
            File.Delete(_temporary);
        }
        catch (Exception e) when (IsFileError(e))
        {
            // The reason it is thrown away is already being reported, or the caller cancelled; what cannot be deleted has a .tmp name.
        }
    }

    // The system's text names the temporary file and ends in a full stop.
    private GgufException CannotWrite(Exception e) => new(
        _path, $"cannot be written: {e.Message.Replace(_temporary, _path, StringComparison.Ordinal).TrimEnd('.')}", expected: $"{Bytes} bytes of free space in a writable folder", inner: e);
}
