using System.Runtime.InteropServices;

namespace BitNet.Perf.Bench.Workloads.Memory;

/// <summary>A large zeroed buffer, on huge pages where the system gives them on request (transparent huge pages: always or madvise).
/// The read probe and the cold ternary products share one, so that both see the same kind of memory. Cold attention runs on the engine's own
/// cache and the head on the mapped model file (copies of it, on memory of this kind, where it is smaller than the cold set).</summary>
public sealed unsafe class PageMemory : IDisposable
{
    private const long HugePage = 2L << 20;
    private readonly void* _allocated;
    private readonly nuint _mapped;

    public PageMemory(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        Length = bytes;
        if (OperatingSystem.IsLinux())
        {
            _mapped = (nuint)(bytes + HugePage);
            var address = Map(0, _mapped, ReadWrite, PrivateAnonymous, -1, 0);
            if (address == -1)
                throw new OutOfMemoryException($"{bytes >> 20} MiB of memory for measuring cannot be had");
            _allocated = (void*)address;
            Pointer = (byte*)(((long)address + HugePage - 1) & -HugePage);
            // Where the system refuses, ordinary pages serve both alike; the receipt names its setting.
            _ = Advise((nint)Pointer, (nuint)bytes, AdviseHugePages);
            return;
        }
        _allocated = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)Environment.SystemPageSize);
        Pointer = (byte*)_allocated;
        NativeMemory.Clear(Pointer, (nuint)bytes);
    }

    public byte* Pointer { get; private set; }

    public long Length { get; }

    public void Dispose()
    {
        if (Pointer == null)
            return;
        Pointer = null;
        if (_mapped > 0)
            _ = Unmap((nint)_allocated, _mapped);
        else
            NativeMemory.AlignedFree(_allocated);
    }

    // Linux values of <sys/mman.h>, the same on x86-64 and arm64.
    private const int ReadWrite = 3, PrivateAnonymous = 0x22, AdviseHugePages = 14;

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nuint length);

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(nint address, nuint length, int advice);
}
