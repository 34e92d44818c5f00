using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

public class BytePairTests
{
    [Theory]
    [InlineData("aaaaa", "aa|aa|a")]
    [InlineData("abcab", "abc|ab")]
    [InlineData("bcbc", "bc|bc")]
    [InlineData(" ab", "Ġab")]
    [InlineData("é", "Ã|©")]
    public void Merges_go_by_rank_and_from_the_left(string text, string expected)
    {
        var tokenizer = new Tokenizer(SmallVocabulary.Of(["a a", "b c", "a b", "a bc", "Ġ ab"]));
        Assert.Equal(expected.Split('|'), tokenizer.Spell(text));
    }

    // Spec 7.3: such a symbol is emitted byte by byte, though it took part in merging.
    [Fact]
    public void A_merged_symbol_that_is_no_token_is_emitted_byte_by_byte()
    {
        var tokenizer = new Tokenizer(SmallVocabulary.Of(["a b", "ab c"], extraTokens: ["abc"]));
        Assert.Equal(["a", "b", "d"], tokenizer.Spell("abd"));
        Assert.Equal(["abc"], tokenizer.Spell("abc"));
    }

    // ignore_merges: no merge leads to "abc", but it is a token.
    [Fact]
    public void A_chunk_that_is_a_token_is_taken_whole_by_llama_bpe_only()
    {
        Vocabulary vocabulary = SmallVocabulary.Of(["a b"], extraTokens: ["ab", "abc"]);
        Assert.Equal(["ab", "c"], new Tokenizer(vocabulary).Spell("abc"));
        var llama = new Tokenizer(vocabulary with { PreTokenizer = PreTokenizer.LlamaBpe });
        Assert.Equal(["abc"], llama.Spell("abc"));
        Assert.Equal(["ab", "c", "d"], llama.Spell("abcd"));
    }

    [Fact]
    public void Merges_never_cross_chunks() =>
        Assert.Equal(["a", ".", "b"], new Tokenizer(SmallVocabulary.Of(["a .", ". b"])).Spell("a.b"));

    [Fact]
    public void A_pair_that_is_listed_twice_keeps_its_first_rank() =>
        Assert.Equal(["ab", "c"], new Tokenizer(SmallVocabulary.Of(["a b", "b c", "a b"])).Spell("abc"));

    [Fact]
    public void Any_vocabulary_equals_the_plain_algorithm_on_any_word()
    {
        var random = new Random(3);
        for (int vocabularies = 0; vocabularies < 60; vocabularies++)
        {
            string[] merges = RandomMerges(random, 40);
            // Some products are no tokens.
            string[] tokens = [.. merges.Select(m => m.Replace(" ", "")).Distinct().Where(_ => random.Next(5) > 0)];
            var tokenizer = new Tokenizer(SmallVocabulary.Of(merges, tokens));
            for (int words = 0; words < 60; words++)
            {
                string word = RandomWord(random, random.Next(1, 40));
                Assert.Equal(PlainMerge(merges, [.. tokens], word), tokenizer.Spell(word));
            }
        }
    }

    // A word of 100,000 letters is one chunk; work that grew with its square would not end within the life of a test run.
    [Fact]
    public void A_chunk_of_100_000_bytes_is_merged()
    {
        string[] merges = [.. Enumerable.Range(0, 10).Select(i => $"{new string('a', 1 << i)} {new string('a', 1 << i)}")];
        var tokenizer = new Tokenizer(SmallVocabulary.Of(merges));
        string[] tokens = tokenizer.Spell(new string('a', 100_000));
        Assert.Equal(Enumerable.Repeat(1024, 97).Concat([512, 128, 32]), tokens.Select(t => t.Length));
    }

    [Fact]
    public void A_byte_without_a_token_is_named()
    {
        Vocabulary full = SmallVocabulary.Of([]);
        var tokenizer = new Tokenizer(full with { Tokens = [.. full.Tokens.Select(t => t == "Ġ" ? "[blank]" : t)] });
        TokenException exception = Assert.Throws<TokenException>(() => tokenizer.Encode("a b"));
        Assert.StartsWith("no token for 'Ġ'", exception.Message);
    }

    private static string[] RandomMerges(Random random, int count)
    {
        List<string> symbols = ["a", "b", "c"];
        var merges = new List<string>();
        for (int i = 0; i < count; i++)
        {
            (string left, string right) = (symbols[random.Next(symbols.Count)], symbols[random.Next(symbols.Count)]);
            if (left.Length + right.Length > 8) continue;
            merges.Add($"{left} {right}");
            symbols.Add(left + right);
        }

        return [.. merges];
    }

    private static string RandomWord(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "abcd"[random.Next(4)]));

    /// <summary>Spec 7.3 read literally, on strings.</summary>
    private static List<string> PlainMerge(string[] merges, HashSet<string> tokens, string word)
    {
        List<string> symbols = [.. word.Select(c => c.ToString())];
        while (true)
        {
            (int Rank, int At) best = (int.MaxValue, -1);
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                int rank = Array.IndexOf(merges, $"{symbols[i]} {symbols[i + 1]}");
                if (rank >= 0 && rank < best.Rank) best = (rank, i);
            }

            if (best.At < 0) break;
            symbols[best.At] += symbols[best.At + 1];
            symbols.RemoveAt(best.At + 1);
        }

        return [.. symbols.SelectMany(s => s.Length == 1 || tokens.Contains(s) ? [s] : s.Select(c => c.ToString()))];
    }
}
