using BitNet.Engine.Gguf;
using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

/// <summary>The vocabulary inside the golden tiny model: 256 bytes, 254 letter pairs, two control tokens.</summary>
public class TinyModelVocabularyTests
{
    private static readonly Tokenizer Tiny = Load();

    [Fact]
    public void The_keys_of_the_file_are_read()
    {
        Vocabulary vocabulary = Tiny.Vocabulary;
        Assert.Equal(512, vocabulary.Tokens.Count);
        Assert.Equal(254, vocabulary.Merges.Count);
        Assert.Equal(PreTokenizer.LlamaBpe, vocabulary.PreTokenizer);
        Assert.Equal((510, 511, true), (vocabulary.Bos, vocabulary.Eos, vocabulary.AddBos));
        Assert.Equal([511], Tiny.EndOfGeneration);
        Assert.Equal(TokenType.Control, vocabulary.TypeOf(510));
    }

    // The golden evaluation's prompt is a text encoded by another implementation.
    [Fact]
    public void The_golden_prompt_is_the_ids_of_its_text() => Assert.Equal([510, 289, 101, 32, 99, 309], Tiny.Encode("the cat"));

    [Fact]
    public void Letter_pairs_are_merged_in_the_order_of_the_file() =>
        Assert.Equal([510, Id("th"), Id("e"), Id("Ġ"), Id("en"), Id("d")], Tiny.Encode("the end"));

    [Fact]
    public void Any_text_survives_the_round_trip()
    {
        var random = new Random(6);
        for (int i = 0; i < 2_000; i++)
        {
            string text = SampleText.Random(random, random.Next(0, 40), supplementary: true);
            int[] ids = Tiny.Encode(text);
            Assert.Equal(510, ids[0]);
            Assert.Equal(text, Tiny.Decode(ids));
            var decoder = new StreamingDecoder(Tiny);
            Assert.Equal(text, string.Concat(ids.Select(decoder.Append)) + decoder.Flush());
        }
    }

    private static int Id(string token)
    {
        Assert.True(Tiny.TryFind(token, out int id));
        return id;
    }

    private static Tokenizer Load()
    {
        using GgufFile file = GgufFile.Open(Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf"));
        return Tokenizer.From(file.Metadata);
    }
}
