using System.Buffers;
using System.Security.Cryptography;

namespace BitNet.Perf.Receipts.Json;

/// <summary>SHA-256 of what is written, in pieces: a canonical form of a hundred megabytes need not be held.</summary>
internal sealed class HashingWriter : IBufferWriter<byte>, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[1 << 16];
    private int _filled;

    public void Advance(int count) => _filled += count;

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length - _filled < Math.Max(1, sizeHint))
        {
            Flush();
            if (_buffer.Length < sizeHint)
                _buffer = new byte[sizeHint];
        }
        return _buffer.AsMemory(_filled);
    }

    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _filled);
        _filled = 0;
    }
}
