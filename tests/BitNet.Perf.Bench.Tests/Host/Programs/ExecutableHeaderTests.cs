using System.Buffers.Binary;
using BitNet.Perf.Bench.Host.Programs;

namespace BitNet.Perf.Bench.Tests.Host.Programs;

public class ExecutableHeaderTests
{
    /// <summary>A 64-bit little-endian ELF header and one section header of the given type behind it.</summary>
    private static byte[] Elf(ushort type, ushort machine, uint section)
    {
        var file = new byte[128];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(16), type);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(18), machine);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(40), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(60), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(64 + 4), section);
        return file;
    }

    private static byte[] PortableExecutable(ushort machine, ushort characteristics)
    {
        var file = new byte[256];
        "MZ"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(0x3c), 64);
        "PE\0\0"u8.CopyTo(file.AsSpan(64));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(68), machine);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(88), 0x20b);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(88 + 70), characteristics);
        return file;
    }

    [Fact]
    public void An_elf_file_without_a_symbol_table_is_stripped_and_a_shared_object_is_position_independent()
    {
        Assert.Equal(new ExecutableHeader("elf", 64, "x86-64", true, true), ExecutableHeader.Read(Elf(3, 62, 11)));
        Assert.Equal(new ExecutableHeader("elf", 64, "arm64", false, false), ExecutableHeader.Read(Elf(2, 183, 2)));
    }

    [Fact]
    public void A_portable_executable_says_machine_and_address_but_nothing_of_symbols()
    {
        Assert.Equal(new ExecutableHeader("pe", 64, "x86-64", true, null), ExecutableHeader.Read(PortableExecutable(0x8664, 0x8160)));
        Assert.Equal(new ExecutableHeader("pe", 64, "arm64", false, null), ExecutableHeader.Read(PortableExecutable(0xaa64, 0)));
    }

    [Fact]
    public void A_mach_o_file_is_known_by_its_magic()
    {
        var file = new byte[32];
        BinaryPrimitives.WriteUInt32LittleEndian(file, 0xfeedfacf);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), 0x0100000c);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24), 0x200085);
        Assert.Equal(new ExecutableHeader("mach-o", 64, "arm64", true, null), ExecutableHeader.Read(file));
    }

    [Fact]
    public void Every_beginning_of_a_file_is_read_without_a_fault()
    {
        foreach (byte[] whole in new[] { Elf(3, 62, 2), PortableExecutable(0x8664, 0x40) })
        {
            for (var length = 0; length < whole.Length; length++)
                Assert.True(ExecutableHeader.Read(whole.AsSpan(0, length)).Format is null or "elf" or "pe");
        }
        Assert.Null(ExecutableHeader.Read("#!/bin/sh\n"u8).Format);
    }
}
