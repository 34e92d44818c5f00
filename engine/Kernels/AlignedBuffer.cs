using System.Runtime.InteropServices;

namespace BitNet.Engine.Kernels;

/// <summary>Zeroed memory outside the managed heap, aligned to a cache line, for buffers that kernels address by pointer.</summary>
public sealed unsafe class AlignedBuffer<T> : IDisposable where T : unmanaged
{
    private const nuint Alignment = 64;

    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = checked((nuint)Math.Max(length, 1) * (nuint)sizeof(T));
        Pointer = (T*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(Pointer, bytes);
    }

    ~AlignedBuffer() => Free();

    public T* Pointer { get; private set; }

    public long Length { get; }

    public Span<T> Span(long start, int length) => start < 0 || length < 0 || start + length > Length
        ? throw new ArgumentOutOfRangeException(nameof(start), $"[{start}, {start + length}) of {Length}")
        : new Span<T>(Pointer + start, length);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Pointer == null) return;
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
