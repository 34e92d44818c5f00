using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

public class SpecialTokenTests
{
    private static readonly Vocabulary Chat = SmallVocabulary.Of(["< |"], control: ["<|bos|>", "<|eot|>", "<|eot_id|>", "<|eot|><|eot|>"]) with { Bos = 257, Eos = 258 };

    [Fact]
    public void Control_tokens_are_found_only_when_parsed()
    {
        var tokenizer = new Tokenizer(Chat);
        Assert.Equal(["a", "<|eot|>", "b"], tokenizer.Spell("a<|eot|>b", parseSpecial: true));
        Assert.DoesNotContain("<|eot|>", tokenizer.Spell("a<|eot|>b"));
    }

    [Fact]
    public void The_longest_special_token_wins() =>
        Assert.Equal(["<|eot_id|>", "<|eot|><|eot|>", "<|eot|>"], new Tokenizer(Chat).Spell("<|eot_id|><|eot|><|eot|><|eot|>", parseSpecial: true));

    [Fact]
    public void Text_is_cut_at_special_tokens_before_it_is_cut_into_chunks() =>
        Assert.Equal(["a", "Ġ", "<|bos|>", "Ġ", "b"], new Tokenizer(Chat).Spell("a <|bos|> b", parseSpecial: true));

    [Fact]
    public void User_defined_tokens_are_always_found_and_are_plain_text()
    {
        Vocabulary vocabulary = Chat with { Tokens = [.. Chat.Tokens, "<tool call>"], Types = [.. Chat.Types, TokenType.UserDefined] };
        var tokenizer = new Tokenizer(vocabulary);
        Assert.Equal(["x", "<tool call>"], tokenizer.Spell("x<tool call>"));
        Assert.Equal("x<tool call>", tokenizer.Decode(tokenizer.Encode("x<tool call>")));
    }

    [Fact]
    public void Beginning_of_text_is_prepended_when_the_vocabulary_says_so_even_to_text_that_has_one()
    {
        var tokenizer = new Tokenizer(Chat with { AddBos = true });
        Assert.Equal([257, 'a'], tokenizer.Encode("a"));
        Assert.Equal([257], tokenizer.Encode(""));
        Assert.Equal([257, 257, 'a'], tokenizer.Encode("<|bos|>a", parseSpecial: true));
        Assert.Equal(['a'], tokenizer.Encode("a", addBos: false));
        Assert.Equal([257, 'a'], new Tokenizer(Chat).Encode("a", addBos: true));
    }

    [Fact]
    public void Generation_ends_at_end_of_text_and_at_end_of_turn()
    {
        var tokenizer = new Tokenizer(Chat);
        Assert.Equal([258, 259], tokenizer.EndOfGeneration);
        Assert.True(tokenizer.IsEndOfGeneration(259));
        Assert.False(tokenizer.IsEndOfGeneration(257));
        Assert.Equal([259], new Tokenizer(Chat with { Eos = 259 }).EndOfGeneration);
        Assert.Empty(new Tokenizer(SmallVocabulary.Of([])).EndOfGeneration);
    }

    [Fact]
    public void Control_tokens_are_shown_only_when_asked_for()
    {
        var tokenizer = new Tokenizer(Chat);
        int[] ids = tokenizer.Encode("a<|eot|>b", parseSpecial: true);
        Assert.Equal("ab", tokenizer.Decode(ids));
        Assert.Equal("a<|eot|>b", tokenizer.Decode(ids, showSpecial: true));
    }
}
