using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

public sealed class GgufWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var header = new GgufHeader();
        header.Add("text", "Ġ\nü");
        header.Add("number", 7u);
        header.Add("float", 0.1f);
        header.Add("flag", false);
        header.Add("texts", (string[])["a", "", "bc"]);
        header.Add("integers", (int[])[-1, 2]);
        header.Add("floats", (float[])[1.5f]);
        header.AddTensor("a", GgmlType.F32, 3);
        header.AddTensor("b", GgmlType.I2_S, 128, 2);
        string path = Write(header);
        using var file = GgufFile.Open(path);
        Assert.Equal("Ġ\nü", file.Metadata.GetString("text"));
        Assert.Equal(7u, file.Metadata.GetUInt32("number"));
        Assert.Equal(0.1f, file.Metadata.GetSingle("float"));
        Assert.False(file.Metadata.GetBoolean("flag"));
        Assert.Equal(["a", "", "bc"], file.Metadata.GetStrings("texts"));
        Assert.Equal([-1, 2], file.Metadata.GetInt32s("integers"));
        Assert.Equal([1.5f], file.Metadata.GetSingles("floats"));
        // The second tensor begins at the next multiple of 32.
        Assert.Equal([(file.DataStart, 12L), (file.DataStart + 32, 96L)], file.Tensors.Select(tensor => (tensor.Offset, tensor.Bytes)));
        Assert.Equal(["model.gguf"], _folder.Files);
    }

    [Fact]
    public void Until_complete_the_file_has_a_temporary_name_and_disposing_removes_it()
    {
        using (var writer = GgufWriter.Create(_folder.File("model.gguf"), OneTensor()))
        {
            writer.Append(new byte[8]);
            Assert.EndsWith(".tmp", Assert.Single(_folder.Files), StringComparison.Ordinal);
        }
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void An_older_file_is_kept_until_the_new_one_is_complete()
    {
        string path = _folder.File("model.gguf");
        File.WriteAllText(path, "older");
        using (var writer = GgufWriter.Create(path, OneTensor())) writer.Append(new byte[8]);
        Assert.Equal("older", File.ReadAllText(path));
        Write(OneTensor());
        using var file = GgufFile.Open(path);
        Assert.Single(file.Tensors);
    }

    [Fact]
    public void Tensors_that_are_incomplete_or_too_long_are_a_callers_error()
    {
        using var writer = GgufWriter.Create(_folder.File("model.gguf"), OneTensor());
        writer.Append(new byte[15]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<InvalidOperationException>(() => writer.Append(new byte[2]));
        writer.Append(new byte[1]);
        Assert.Throws<InvalidOperationException>(() => writer.Append(new byte[1]));
        writer.Complete();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70)] // after the 64 bytes of the header
    public void A_full_disk_gives_one_line_and_leaves_no_file(int room)
    {
        string path = _folder.File("model.gguf");
        GgufException e = Assert.Throws<GgufException>(() =>
        {
            using var writer = GgufWriter.Create(path, OneTensor(), (name, _) => new FullDisk(name, room));
            writer.Append(new byte[16]);
        });
        Assert.StartsWith($"{path}: cannot be written: No space left on device; expected ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_missing_folder_or_a_folder_as_the_name_gives_one_line()
    {
        Assert.Contains("cannot be written", Assert.Throws<GgufException>(() => GgufWriter.Create(_folder.File("none/model.gguf"), OneTensor())).Message);
        Assert.Contains("is a directory", Assert.Throws<GgufException>(() => GgufWriter.Create(_folder.Path, OneTensor())).Message);
    }

    [Fact]
    public void A_header_refuses_what_no_reader_would_accept()
    {
        GgufHeader header = OneTensor();
        Assert.Throws<ArgumentException>(() => header.AddTensor("a", GgmlType.F32, 1));
        Assert.Throws<ArgumentException>(() => header.AddTensor("b", GgmlType.I2_S, 100, 2));
        Assert.Throws<ArgumentException>(() => header.AddTensor("c", GgmlType.F32, 1, 1, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => header.AddTensor("d", GgmlType.F32, 0));
    }

    private static GgufHeader OneTensor()
    {
        var header = new GgufHeader();
        header.AddTensor("a", GgmlType.F32, 4);
        return header;
    }

    private string Write(GgufHeader header)
    {
        string path = _folder.File("model.gguf");
        using var writer = GgufWriter.Create(path, header);
        foreach (GgufTensor tensor in header.Tensors) writer.Append(new byte[tensor.Bytes]);
        writer.Complete();
        return path;
    }

    /// <summary>A file on a device that has room for so many bytes.</summary>
    private sealed class FullDisk(string path, int room) : FileStream(path, FileMode.CreateNew)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room) throw new IOException("No space left on device");
            base.Write(buffer);
            Flush();
        }
    }
}
