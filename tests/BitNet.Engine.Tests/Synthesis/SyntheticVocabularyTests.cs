using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Synthesis;

public class SyntheticVocabularyTests
{
    public static TheoryData<string> Shapes => [.. SyntheticShape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_merge_makes_a_token_from_two_that_have_smaller_ids(string name)
    {
        var vocabulary = SyntheticVocabulary.For(SyntheticShape.Parse(name));
        Dictionary<string, int> ids = vocabulary.Tokens.Index().ToDictionary(token => token.Item, token => token.Index);
        Assert.DoesNotContain(vocabulary.Merges, merge => merge.Split(' ') is not [string left, string right]
            || !ids.TryGetValue(left + right, out int made) || ids[left] >= made || ids[right] >= made);
        Assert.Equal(vocabulary.Merges.Count, vocabulary.Merges.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_token_is_a_byte_or_made_by_a_merge_or_a_control_token(string name)
    {
        var shape = SyntheticShape.Parse(name);
        var vocabulary = SyntheticVocabulary.For(shape);
        Assert.Equal(shape.VocabularySize, vocabulary.Tokens.Count);
        Assert.Equal(256, vocabulary.Tokens.Take(256).Where(token => token.Length == 1).Distinct().Count());
        HashSet<string> made = [.. vocabulary.Merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal))];
        Assert.True(made.SetEquals(vocabulary.Tokens.Skip(256).Take(shape.BaseTokens - 256)));
        Assert.Equal("<|begin_of_text|>", vocabulary.Tokens[shape.BaseTokens]);
        Assert.Equal("<|eot_id|>", vocabulary.Tokens[shape.BaseTokens + 9]);
    }

    [Fact]
    public void Bytes_have_the_ids_and_characters_of_GPT_2()
    {
        IReadOnlyList<string> tokens = SyntheticVocabulary.For(SyntheticShape.Tiny).Tokens;
        Assert.Equal(("!", "A", "~", "¡", "®", "ÿ"), (tokens[0], tokens[32], tokens[93], tokens[94], tokens[106], tokens[187]));
        Assert.Equal(("Ā", "Ċ", "Ġ", "Ń"), (tokens[188], tokens[198], tokens[220], tokens[255]));
    }
}
