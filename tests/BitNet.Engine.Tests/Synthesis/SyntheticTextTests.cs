using BitNet.Engine.Gguf;
using BitNet.Engine.Model;
using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Synthesis;

public class SyntheticTextTests
{
    private const string Sample = "The quick brown fox jumps over the lazy dog. 1 + 1 = 2!\n\n\tdéjà vu — 你好，世界！ 안녕하세요 🙂 \u0000\u007f";

    [Theory]
    [InlineData("tiny")]
    [InlineData("small")]
    [InlineData("2b")]
    public void Any_text_round_trips_and_English_gets_shorter(string name)
    {
        Tokenizer tokenizer = TokenizerOf(SyntheticShape.Parse(name));
        int[] ids = tokenizer.Encode(Sample, addBos: false);
        Assert.Equal(Sample, tokenizer.Decode(ids));
        const string English = "The quick brown fox jumps over the lazy dog.";
        Assert.InRange(tokenizer.Encode(English, addBos: false).Length, 1, English.Length * 3 / 4);
    }

    // A token that its own text does not give would never be met in a prompt. Not all can: a merge of better rank may cross their parts.
    [Fact]
    public void Most_tokens_of_the_2b_shape_encode_to_themselves()
    {
        var shape = SyntheticShape.Full2B;
        Tokenizer tokenizer = TokenizerOf(shape);
        var themselves = 0;
        int[] ids = [.. Enumerable.Range(0, shape.BaseTokens).Where(id => id % 13 == 0)];
        foreach (int id in ids)
        {
            string text = tokenizer.Decode([id]);
            if (!text.Contains('\uFFFD', StringComparison.Ordinal) && tokenizer.Encode(text, addBos: false) is [int only] && only == id) themselves++;
        }
        Assert.True(themselves > 0.6 * ids.Length, $"{themselves} of {ids.Length}");
    }

    [Fact]
    public void Control_tokens_are_found_by_their_text_and_end_a_generation()
    {
        var shape = SyntheticShape.Tiny;
        Tokenizer tokenizer = TokenizerOf(shape);
        Assert.Equal([shape.BaseTokens, shape.BaseTokens + 9], tokenizer.Encode("<|eot_id|>", parseSpecial: true));
        Assert.True(tokenizer.IsEndOfGeneration(shape.BaseTokens + 1));
        Assert.True(tokenizer.IsEndOfGeneration(shape.BaseTokens + 9));
    }

    private static Tokenizer TokenizerOf(SyntheticShape shape)
    {
        using var folder = new TemporaryFolder();
        var header = new GgufHeader();
        SyntheticMetadata.AddTo(header, shape, "synthetic");
        File.WriteAllBytes(folder.File("keys.gguf"), header.ToBytes());
        using var file = GgufFile.Open(folder.File("keys.gguf"));
        return Tokenizer.From(file.Metadata);
    }
}
