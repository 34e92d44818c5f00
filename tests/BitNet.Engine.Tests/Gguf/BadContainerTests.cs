using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

/// <summary>Files that are missing, unreadable, or not GGUF: one line each, with what was expected.</summary>
public sealed class BadContainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file() => Assert.EndsWith("none.gguf: no such file; expected a GGUF file", Refusal("none.gguf").Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_in_a_missing_folder() => Assert.Contains("no such file", Refusal("none/none.gguf").Message);

    [Fact]
    public void A_directory() => Assert.Contains("is a directory; expected a GGUF file", Refusal("").Message);

    [Fact]
    public void An_empty_file()
    {
        File.WriteAllBytes(_folder.File("empty.gguf"), []);
        Assert.EndsWith("the file is empty; expected a GGUF file", Refusal("empty.gguf").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_through_a_file()
    {
        File.WriteAllBytes(_folder.File("file"), [1]);
        Assert.StartsWith(_folder.File("file/x.gguf") + ": ", Refusal("file/x.gguf").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_is_no_file_name(string path) => Assert.Contains("not a file name", Assert.Throws<GgufException>(() => GgufFile.Open(path)).Message);

    [Fact]
    public void A_file_another_writer_holds()
    {
        using var held = new FileStream(_folder.File("held.gguf"), FileMode.Create, FileAccess.Write, FileShare.None);
        held.Write([1, 2, 3]);
        held.Flush();
        Assert.Contains("cannot be mapped", Refusal("held.gguf").Message);
    }

    [Fact]
    public void A_file_without_read_permission()
    {
        string path = RawGguf.WithEveryType().Write(_folder);
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            // Permissions do not bind a privileged process, so there it must simply open.
            using var file = GgufFile.Open(path);
            Assert.Equal(3, file.Tensors.Count);
            return;
        }
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.EndsWith("the file may not be read; expected read permission", Refusal("raw.gguf").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_magic_number()
    {
        GgufException refusal = new RawGguf().Bytes("PK\u0003\u0004"u8.ToArray()).Zeros(40).Refusal();
        Assert.Contains("not a GGUF file: it starts with 0x04034b50 at byte 0; expected 0x46554747", refusal.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Another_version(uint version) =>
        Assert.EndsWith($"GGUF version {version} at byte 4; expected version 2 or 3, little-endian", RawGguf.Start(version: version).Refusal().Message, StringComparison.Ordinal);

    [Fact]
    public void Big_endian() => Assert.Contains("a big-endian GGUF file at byte 4", RawGguf.Start(version: 0x03000000).Refusal().Message);

    [Fact]
    public void Version_2_has_the_same_layout_and_is_read()
    {
        byte[] bytes = RawGguf.WithEveryType().ToBytes();
        bytes[4] = 2;
        File.WriteAllBytes(_folder.File("v2.gguf"), bytes);
        using var file = GgufFile.Open(_folder.File("v2.gguf"));
        Assert.Equal(2u, file.Version);
        Assert.Equal(3, file.Tensors.Count);
    }

    private GgufException Refusal(string name)
    {
        GgufException refusal = Assert.Throws<GgufException>(() => GgufFile.Open(name.Length == 0 ? _folder.Path : _folder.File(name)));
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal;
    }
}
