using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class ApportionmentTests
{
    [Fact]
    public void Parts_add_up_exactly_and_none_is_off_by_one_or_more()
    {
        var noise = new Noise(61);
        for (int trial = 0; trial < 1000; trial++)
        {
            long[] parts = [.. Enumerable.Range(0, 1 + trial % 9).Select(_ => (long)(Math.Pow(noise.Uniform(), 4) * 1e12) + 1)];
            long[] shares = Apportionment.Of(parts, 1000);
            Assert.Equal(1000, shares.Sum());
            for (int i = 0; i < parts.Length; i++)
                Assert.True(Math.Abs(shares[i] - parts[i] * 1000m / parts.Sum()) < 1);
        }
    }

    [Fact]
    public void Three_thirds_are_a_hundred_percent() => Assert.Equal([334, 333, 333], Apportionment.Of([1, 1, 1], 1000));

    [Fact]
    public void Nothing_has_no_parts()
    {
        Assert.Equal([0, 0], Apportionment.Of([0, 0], 0));
        Assert.Throws<ArgumentException>(() => Apportionment.Of([0, 0], 10));
    }

    // The breakdown that this project's forerunner published summed to 99.32 %; the same figures here.
    [Theory]
    [InlineData(21, 1_865_375, 85_374, 155)]
    [InlineData(26, 1_856_157, 72_092, 179)]
    [InlineData(1, 1, 1, 1)]
    public void Phases_shown_add_up_to_the_total_and_to_one_hundred_percent(long embed, long forward, long logits, long sample)
    {
        long third = forward / 3;
        var breakdown = new PhaseBreakdown
        {
            Workload = SyntheticRun.Decode,
            Launch = 1,
            Tokens = 1,
            TotalNanoseconds = (embed + forward + logits + sample) * 1000,
            Phases =
            [
                new Phase("embed", embed * 1000, []),
                new Phase("forward", forward * 1000, [new("forward/attention", third * 1000, []), new("forward/rest", (forward - third) * 1000, [])]),
                new Phase("logits", logits * 1000, []),
                new Phase("sample", sample * 1000, []),
            ],
        };
        PhaseSection section = PhaseSections.Of(breakdown, new SyntheticRun().Build(), "f");
        decimal Number(string text) => decimal.Parse(text[..text.IndexOf(' ')], CultureInfo.InvariantCulture);
        PhaseRow[] phases = [.. section.Rows.Where(row => row.Depth == 0)], parts = [.. section.Rows.Where(row => row.Depth == 1)];
        Assert.Equal(100.0m, phases.Sum(row => Number(row.Share)));
        Assert.Equal(Number(section.Total), phases.Sum(row => Number(row.Time)));
        Assert.Equal(Number(phases[1].Share), parts.Sum(row => Number(row.Share)));
        Assert.Equal(Number(phases[1].Time), parts.Sum(row => Number(row.Time)));
    }

    [Fact]
    public void The_second_run_of_the_forerunner_has_a_logits_share_of_4_4_percent()
    {
        var breakdown = new PhaseBreakdown
        {
            Workload = "w",
            Launch = 1,
            Tokens = 1,
            TotalNanoseconds = 1_950_925_000,
            Phases = [new("embed", 21_000, []), new("forward", 1_865_375_000, []), new("logits", 85_374_000, []), new("sample", 155_000, [])],
        };
        PhaseSection section = PhaseSections.Of(breakdown, new SyntheticRun().Build(), "f");
        Assert.Equal("1.951 s", section.Total);
        Assert.Equal(["0.0 %", "95.6 %", "4.4 %", "0.0 %"], section.Rows.Select(row => row.Share));
    }
}
