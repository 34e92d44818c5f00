using BitNet.Engine.Gguf;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Gguf;

/// <summary>Damage at every place: whatever it does, the reader answers with a <see cref="GgufException"/> or with a usable file.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_undamaged_file_is_read_whole()
    {
        using var file = GgufFile.Open(RawGguf.WithEveryType().Write(_folder));
        ReadAll(file);
        Assert.Equal(
            ["200", "-56", "513", "-253", "7", "8", "0.5", "true", "Ġtext", "9", "-1", "0.25", "[\"a\", \"\", \"ü\"] (3)", "[2]", "[1, 2] (2)"],
            file.Metadata.Entries.Select(file.Metadata.Abbreviate));
        Assert.Equal(7u, file.Metadata.GetUInt32("u32"));
        Assert.Equal(200u, file.Metadata.GetUInt32("u8"));
        Assert.Contains("key 'i64' is -1", Assert.Throws<GgufException>(() => file.Metadata.GetUInt32("i64")).Message);
    }

    [Fact]
    public void Truncated_at_any_byte_it_is_refused()
    {
        string path = RawGguf.WithEveryType().Write(_folder);
        RefusedAtEveryLength(path, 1);
    }

    [Fact]
    public void A_model_truncated_in_any_section_is_refused()
    {
        string path = _folder.File("tiny.gguf");
        SyntheticModel.Write(path, SyntheticShape.Tiny, 1, cancellationToken: TestContext.Current.CancellationToken);
        RefusedAtEveryLength(path, 331);
    }

    [Theory]
    [InlineData(1, 0UL)]
    [InlineData(1, 0x81UL)]
    [InlineData(1, 0xFFUL)]
    [InlineData(8, ulong.MaxValue)]
    [InlineData(8, 1UL << 63)]
    [InlineData(8, 1UL << 32)]
    public void Bytes_anywhere_set_to_an_extreme_give_a_refusal_or_a_file_that_can_be_read(int bytes, ulong extreme)
    {
        byte[] sound = RawGguf.WithEveryType().ToBytes();
        string path = RawGguf.WithEveryType().Write(_folder);
        byte[] damage = BitConverter.GetBytes(extreme)[..bytes];
        int refused = 0;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (int at = 0; at + bytes <= sound.Length; at++)
        {
            stream.Position = at;
            stream.Write(damage);
            if (!Opens(path)) refused++;
            stream.Position = at;
            stream.Write(sound, at, bytes);
        }
        Assert.InRange(refused, sound.Length / 20, sound.Length);
        Assert.True(Opens(path));
    }

    // The loader above the container: keys, shapes, codes, scales, gains.
    [Fact]
    public void A_model_with_any_byte_changed_is_refused_or_loads()
    {
        string path = _folder.File("tiny.gguf");
        SyntheticModel.Write(path, SyntheticShape.Tiny, 1, cancellationToken: TestContext.Current.CancellationToken);
        byte[] sound = File.ReadAllBytes(path);
        var random = new SyntheticRandom(1, "damage");
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            ulong word = random.Word(i);
            // Mostly in the header's keys and the tensor table, the rest anywhere.
            int at = (int)((word >> 8) % (ulong)(i % 3 == 0 ? sound.Length : i % 3 == 1 ? 900 : 16_000));
            byte kept = sound[at];
            sound[at] ^= (byte)Math.Max(1, word & 0xFF);
            File.WriteAllBytes(path, sound);
            try
            {
                using var weights = ModelWeights.Open(path);
            }
            catch (GgufException refusal)
            {
                Assert.DoesNotContain('\n', refusal.Message);
                refused++;
            }
            sound[at] = kept;
        }
        Assert.InRange(refused, 50, 299);
    }

    private static void RefusedAtEveryLength(string path, int step)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        for (long length = stream.Length - 1; length >= 0; length -= step)
        {
            stream.SetLength(length);
            GgufException refusal = Assert.Throws<GgufException>(() => GgufFile.Open(path).Dispose());
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.IsNotType<IOException>(refusal.InnerException);
        }
    }

    private static bool Opens(string path)
    {
        try
        {
            using var file = GgufFile.Open(path);
            ReadAll(file);
            return true;
        }
        catch (GgufException refusal)
        {
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.IsNotType<IOException>(refusal.InnerException);
            return false;
        }
    }

    private static unsafe void ReadAll(GgufFile file)
    {
        foreach (GgufEntry entry in file.Metadata.Entries)
        {
            Assert.NotNull(file.Metadata.Abbreviate(entry));
            if (entry.ElementType == GgufValueType.String) Assert.Equal(entry.Count, file.Metadata.GetStrings(entry.Key).Length);
        }
        int sum = 0;
        foreach (GgufTensor tensor in file.Tensors)
        {
            foreach (byte value in new ReadOnlySpan<byte>(file.Pointer(tensor), (int)tensor.Bytes)) sum += value;
            Assert.True(tensor.Elements > 0);
        }
        Assert.True(sum >= 0);
    }
}
