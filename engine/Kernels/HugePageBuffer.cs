using System.Runtime.InteropServices;

namespace BitNet.Engine.Kernels;

/// <summary>Zeroed memory outside the managed heap for data that is streamed: on huge pages where Linux gives them on request
/// (transparent huge pages: always or madvise), else aligned to a page. Costs no memory before it is written.</summary>
public sealed unsafe class HugePageBuffer<T> : IDisposable where T : unmanaged
{
    private const long HugePage = 2L << 20;
    private readonly nuint _mapped;
    private void* _allocated;

    /// <exception cref="OutOfMemoryException">The memory cannot be had.</exception>
    public HugePageBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        long bytes = checked(Math.Max(length, 1) * sizeof(T));
        if (OperatingSystem.IsLinux())
        {
            // Whole huge pages, and one more so that the first can begin on its boundary.
            long whole = (bytes + HugePage - 1) & -HugePage;
            _mapped = (nuint)(whole + HugePage);
            nint address = Linux.Map(_mapped);
            if (address == -1)
            {
                GC.SuppressFinalize(this);
                throw new OutOfMemoryException($"{bytes >> 20} MiB of memory cannot be had");
            }
            _allocated = (void*)address;
            Pointer = (T*)((address + HugePage - 1) & -HugePage);
            // Where the system refuses, ordinary pages serve.
            _ = Linux.AskForHugePages((nint)Pointer, (nuint)whole);
            return;
        }
        _allocated = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)Environment.SystemPageSize);
        Pointer = (T*)_allocated;
        NativeMemory.Clear(Pointer, (nuint)bytes);
    }

    ~HugePageBuffer() => Free();

    public T* Pointer { get; private set; }

    public long Length { get; }

    public long Bytes => Length * sizeof(T);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_allocated == null) return;
        if (_mapped > 0) _ = Linux.Unmap((nint)_allocated, _mapped);
        else NativeMemory.AlignedFree(_allocated);
        _allocated = null;
        Pointer = null;
    }
}

/// <summary>Anonymous memory of Linux; values of &lt;sys/mman.h&gt;, the same on x86-64 and arm64.</summary>
file static class Linux
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22, AdviseHugePages = 14;

    public static nint Map(nuint bytes) => Map(0, bytes, ReadWrite, PrivateAnonymous, -1, 0);

    public static int AskForHugePages(nint address, nuint bytes) => Advise(address, bytes, AdviseHugePages);

    [DllImport("libc", EntryPoint = "munmap")]
    public static extern int Unmap(nint address, nuint length);

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(nint address, nuint length, int advice);
}
