using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public unsafe class HugePageBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(600_000)]
    public void Memory_is_zeroed_aligned_and_writable_to_the_last_element(int length)
    {
        using HugePageBuffer<int> buffer = new(length);
        Assert.Equal(length, buffer.Length);
        Assert.Equal(length * 4L, buffer.Bytes);
        Assert.Equal(0, (nint)buffer.Pointer % 64);
        Span<int> all = new(buffer.Pointer, length);
        Assert.False(all.ContainsAnyExcept(0));
        all.Fill(-1);
        Assert.False(all.ContainsAnyExcept(-1));
    }

    [Fact]
    public void A_disposed_buffer_has_no_memory_and_may_be_disposed_again()
    {
        HugePageBuffer<byte> buffer = new(5);
        buffer.Dispose();
        Assert.True(buffer.Pointer == null);
        buffer.Dispose();
    }
}
