using System.Text;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

/// <summary>Builds GGUF bytes field by field, right or wrong; nothing is checked here, and no product code is used.</summary>
internal sealed class RawGguf
{
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    public RawGguf() => _writer = new BinaryWriter(_stream);

    /// <summary>The offset of what is added next.</summary>
    public long Length => _stream.Length;

    public static RawGguf Start(ulong tensors = 0, ulong entries = 0, uint version = 3) => new RawGguf().U32(0x46554747).U32(version).U64(tensors).U64(entries);

    public RawGguf U8(byte value) => Do(() => _writer.Write(value));

    public RawGguf U32(uint value) => Do(() => _writer.Write(value));

    public RawGguf U64(ulong value) => Do(() => _writer.Write(value));

    public RawGguf F32(float value) => Do(() => _writer.Write(value));

    public RawGguf Bytes(params byte[] value) => Do(() => _writer.Write(value));

    public RawGguf Zeros(int count) => Bytes(new byte[count]);

    public RawGguf Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    public RawGguf Text(byte[] value) => U64((ulong)value.Length).Bytes(value);

    public RawGguf Key(string key, uint type) => Text(key).U32(type);

    public RawGguf Array(string key, uint element, ulong count) => Key(key, 9).U32(element).U64(count);

    public RawGguf Tensor(string name, uint type, ulong offset, params ulong[] dimensions)
    {
        Text(name).U32((uint)dimensions.Length);
        foreach (ulong dimension in dimensions) U64(dimension);
        return U32(type).U64(offset);
    }

    /// <summary>Pads to the data section.</summary>
    public RawGguf Pad(int alignment = 32) => Zeros((int)((alignment - Length % alignment) % alignment));

    public byte[] ToBytes() => _stream.ToArray();

    public string Write(TemporaryFolder folder)
    {
        string path = folder.File("raw.gguf");
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    /// <summary>Opens what was built, expecting it to be refused.</summary>
    public GgufException Refusal()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder);
        GgufException refusal = Assert.Throws<GgufException>(() => GgufFile.Open(path).Dispose());
        Assert.StartsWith(path + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.NotNull(refusal.Expected);
        return refusal;
    }

    /// <summary>A small sound file with every value type, an array of arrays and three tensors.</summary>
    public static RawGguf WithEveryType() => Start(tensors: 3, entries: 15)
        .Key("u8", 0).U8(200).Key("i8", 1).U8(200).Key("u16", 2).Bytes(1, 2).Key("i16", 3).Bytes(3, 255).Key("u32", 4).U32(7).Key("i32", 5).U32(8)
        .Key("f32", 6).F32(0.5f).Key("bool", 7).U8(1).Key("string", 8).Text("Ġtext").Key("u64", 10).U64(9).Key("i64", 11).U64(ulong.MaxValue)
        .Key("f64", 12).Bytes(BitConverter.GetBytes(0.25))
        .Array("strings", 8, 3).Text("a").Text("").Text("ü")
        .Array("nested", 9, 2).U32(4).U64(2).U32(1).U32(2).U32(7).U64(1).U8(0)
        .Array("floats", 6, 2).F32(1).F32(2)
        .Tensor("f", 0, 0, 5).Tensor("codes", 36, 32, 128, 2).Tensor("h", 1, 128, 4, 2, 2, 1)
        .Pad().Zeros(32).Zeros(96).Zeros(32);

    private RawGguf Do(Action write)
    {
        write();
        return this;
    }
}
