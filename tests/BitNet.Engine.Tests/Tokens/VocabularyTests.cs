using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

public class VocabularyTests
{
    private static readonly Vocabulary Good = SmallVocabulary.Of(["a b"]);

    public static TheoryData<Vocabulary, string> Bad => new()
    {
        { Good with { Tokens = [] }, "the vocabulary has no tokens" },
        { Good with { Types = [.. Good.Types, TokenType.Normal] }, "the vocabulary has 258 token types for 257 tokens" },
        { Good with { Scores = [1f, 2f] }, "the vocabulary has 2 scores for 257 tokens" },
        { Good with { Bos = 257 }, "bos_token_id is 257; expected an id from 0 to 256" },
        { Good with { Eos = -1 }, "eos_token_id is -1; expected an id from 0 to 256" },
        { Good with { AddBos = true }, "add_bos_token is true but there is no bos_token_id" },
        { Good with { Tokens = [.. Good.Tokens.Take(256), "a"] }, "token 256 'a' is the same as token 97" },
        { Good with { Merges = ["a b", "zz q"] }, "merge 1 'zz q' names 'zz'; expected a token or the product of an earlier merge" },
        { Good with { Merges = ["a zz"] }, "merge 0 'a zz' names 'zz'" },
        { Good with { Merges = ["ab"] }, "merge 0 is 'ab'; expected two symbols with one space between them" },
        { Good with { Merges = ["a b c"] }, "merge 0 is 'a b c'" },
        { Good with { Merges = [" b"] }, "merge 0 is ' b'" },
        { Good with { Merges = ["b "] }, "merge 0 is 'b '" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_vocabulary_whose_parts_do_not_agree_is_refused_with_the_place(Vocabulary vocabulary, string message)
    {
        TokenException exception = Assert.Throws<TokenException>(() => new Tokenizer(vocabulary));
        Assert.StartsWith(message, exception.Message);
    }

    [Fact]
    public void Asking_for_a_beginning_of_text_that_does_not_exist_is_refused() =>
        Assert.Throws<TokenException>(() => new Tokenizer(Good).Encode("a", addBos: true));

    // The sizes of spec 1.3: all pairs of bytes are tokens, then triples; merges beyond them make symbols that are no tokens.
    [Fact]
    public void A_vocabulary_of_the_real_size_is_built()
    {
        string[] bytes = [.. Good.Tokens.Take(256)];
        List<string> tokens = [.. bytes];
        var merges = new List<string>();
        foreach (string right in bytes)
        {
            foreach (string left in bytes)
            {
                tokens.Add(left + right);
                merges.Add($"{left} {right}");
            }
        }

        for (int i = 0; merges.Count < 280_147; i++)
        {
            (string left, string right) = (tokens[256 + (i % 65_536)], bytes[i / 65_536]);
            if (tokens.Count < 128_000) tokens.Add(left + right);
            merges.Add($"{left} {right}");
        }

        var tokenizer = new Tokenizer(new Vocabulary { Tokens = tokens, Merges = merges });
        const string Text = "The quick brown fox jumps over the lazy dog 12345 times.";
        Assert.Equal(Text, tokenizer.Decode(tokenizer.Encode(Text)));
        // "e" comes before "h" as a right half, so "h e" has the lower rank of the two pairs.
        Assert.Equal(["T", "he"], tokenizer.Spell("The"));
    }
}
