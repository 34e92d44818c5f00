using System.Buffers.Binary;

namespace BitNet.Perf.Bench.Host.Programs;

/// <summary>What the header of an executable says of it. Null where it does not.</summary>
/// <param name="Format">elf, pe or mach-o.</param>
/// <param name="Bits">32 or 64.</param>
/// <param name="Machine">x86-64, x86, arm64 or arm.</param>
/// <param name="PositionIndependent">Whether it may be loaded at any address.</param>
/// <param name="Stripped">Whether it has no table of symbols; only ELF files keep one within.</param>
public sealed record ExecutableHeader(string? Format, int? Bits, string? Machine, bool? PositionIndependent, bool? Stripped)
{
    private static readonly ExecutableHeader Unknown = new(null, null, null, null, null);

    /// <param name="file">The whole file, or as much of it as there is.</param>
    public static ExecutableHeader Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return file.StartsWith("\u007fELF"u8) ? Elf(file)
                : file.StartsWith("MZ"u8) ? PortableExecutable(file)
                : file.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(file) is 0xfeedface or 0xfeedfacf ? MachO(file)
                : Unknown;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            return Unknown; // cut off within its header
        }
    }

    /// <summary>System V ABI, chapter 4; ELF-64 Object File Format, version 1.5.</summary>
    private static ExecutableHeader Elf(ReadOnlySpan<byte> file)
    {
        var wide = file[4] == 2;
        if (file[5] != 1)
            return new ExecutableHeader("elf", wide ? 64 : 32, null, null, null); // big-endian: none that .NET runs on
        const ushort SharedObject = 3;
        var type = U16(file, 16);
        return new ExecutableHeader("elf", wide ? 64 : 32,
            U16(file, 18) switch { 62 => "x86-64", 3 => "x86", 183 => "arm64", 40 => "arm", _ => null }, type == SharedObject, !HasSymbols(file, wide));
    }

    private static bool HasSymbols(ReadOnlySpan<byte> file, bool wide)
    {
        const uint SymbolTable = 2;
        var sections = wide ? (long)BinaryPrimitives.ReadUInt64LittleEndian(file[40..]) : U32(file, 32);
        int size = U16(file, wide ? 58 : 46), count = U16(file, wide ? 60 : 48);
        for (var i = 0; i < count; i++)
        {
            if (U32(file, checked((int)(sections + (long)i * size + 4))) == SymbolTable)
                return true;
        }
        return false;
    }

    /// <summary>PE Format, Microsoft: COFF file header and optional header.</summary>
    private static ExecutableHeader PortableExecutable(ReadOnlySpan<byte> file)
    {
        var coff = (int)U32(file, 0x3c) + 4;
        var wide = U16(file, coff + 20) == 0x20b;
        const int DynamicBase = 0x40;
        return new ExecutableHeader("pe", wide ? 64 : 32, U16(file, coff) switch { 0x8664 => "x86-64", 0x14c => "x86", 0xaa64 => "arm64", 0x1c4 => "arm", _ => null },
            (U16(file, coff + 20 + 70) & DynamicBase) != 0, null);
    }

    /// <summary>mach-o/loader.h.</summary>
    private static ExecutableHeader MachO(ReadOnlySpan<byte> file)
    {
        const uint PositionIndependentFlag = 0x200000;
        return new ExecutableHeader("mach-o", U32(file, 0) == 0xfeedfacf ? 64 : 32,
            U32(file, 4) switch { 0x01000007 => "x86-64", 7 => "x86", 0x0100000c => "arm64", 12 => "arm", _ => null }, (U32(file, 24) & PositionIndependentFlag) != 0, null);
    }

    private static ushort U16(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);

    private static uint U32(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);
}
