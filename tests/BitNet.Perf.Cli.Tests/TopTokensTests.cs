using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Tests;

public class TopTokensTests
{
    [Fact]
    public void The_largest_come_first_and_the_smaller_id_on_ties() =>
        Assert.Equal([new TokenLogit(4, 9f), new TokenLogit(1, 5f), new TokenLogit(3, 5f)], TopTokens.Of([1f, 5f, -2f, 5f, 9f, 5f], 3));

    [Fact]
    public void Random_logits_give_what_sorting_gives()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            float[] logits = [.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => (float)random.Next(-20, 20))];
            var sorted = logits.Select((logit, id) => new TokenLogit(id, logit)).OrderByDescending(t => t.Logit).ThenBy(t => t.Token).Take(TopTokens.Count);
            Assert.Equal(sorted, TopTokens.Of(logits));
        }
    }
}
