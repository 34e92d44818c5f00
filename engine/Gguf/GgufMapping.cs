using System.IO.MemoryMappedFiles;

namespace BitNet.Engine.Gguf;

/// <summary>A file mapped read-only into memory. Files that cannot be mapped give a <see cref="GgufException"/>.</summary>
internal sealed unsafe class GgufMapping : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _base;

    private GgufMapping(string path, long length, MemoryMappedFile file, MemoryMappedViewAccessor view)
    {
        Path = path;
        Length = length;
        _file = file;
        _view = view;
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _base = start + view.PointerOffset;
    }

    public string Path { get; }

    public long Length { get; }

    public byte* Base
    {
        get
        {
            ObjectDisposedException.ThrowIf(_base is null, this);
            return _base;
        }
    }

    public static GgufMapping Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0')) throw new GgufException(path, "not a file name", expected: "the path of a GGUF file");
        if (Directory.Exists(path)) throw new GgufException(path, "is a directory", expected: "a GGUF file");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            long length = stream.Length;
            if (length == 0) throw new GgufException(path, "the file is empty", expected: "a GGUF file");
            var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            try
            {
                return new GgufMapping(path, length, file, file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read));
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GgufException(path, "no such file", expected: "a GGUF file", inner: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new GgufException(path, "the file may not be read", expected: "read permission", inner: e);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            throw new GgufException(path, $"the file cannot be mapped: {e.Message}", inner: e);
        }
    }

    public void Dispose()
    {
        if (_base is null) return;
        _base = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
