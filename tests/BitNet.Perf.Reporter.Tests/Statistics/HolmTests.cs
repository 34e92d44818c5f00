using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class HolmTests
{
    // Oracle: the procedure as Holm states it, run at a level: reject the smallest while p ≤ α/(m − k), stop at the first that fails.
    private static HashSet<int> RejectedAt(double[] p, double alpha)
    {
        var rejected = new HashSet<int>();
        foreach (int i in Enumerable.Range(0, p.Length).OrderBy(i => p[i]))
        {
            if (p[i] > alpha / (p.Length - rejected.Count)) break;
            rejected.Add(i);
        }
        return rejected;
    }

    [Fact]
    public void An_adjusted_p_is_at_most_alpha_exactly_when_the_step_down_procedure_rejects()
    {
        var noise = new Noise(3);
        for (int trial = 0; trial < 500; trial++)
        {
            double[] p = [.. Enumerable.Range(0, 1 + trial % 12).Select(_ => Math.Pow(noise.Uniform(), 6))];
            double[] adjusted = Holm.Adjust(p);
            foreach (double alpha in new[] { 0.001, 0.01, 0.05, 0.3 })
            {
                HashSet<int> expected = RejectedAt(p, alpha);
                Assert.Equal(expected.Order(), Enumerable.Range(0, p.Length).Where(i => adjusted[i] <= alpha));
            }
        }
    }

    [Fact]
    public void Adjusted_p_of_a_known_family() =>
        // 4·0.01, 3·0.02, then 2·0.03 = 0.06 (not below the one before), 0.04 → carried up to 0.06.
        Assert.Equal([0.06, 0.04, 0.06, 0.06], Holm.Adjust([0.02, 0.01, 0.03, 0.04]), Same);

    [Fact]
    public void The_order_of_the_tests_does_not_matter_and_adjusted_p_never_exceeds_one()
    {
        double[] forward = Holm.Adjust([0.2, 0.9, 0.5]), backward = Holm.Adjust([0.5, 0.9, 0.2]);
        Assert.Equal<double>(forward, new[] { backward[2], backward[1], backward[0] });
        Assert.All(forward, p => Assert.InRange(p, 0, 1));
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) < 1e-12;
}
