using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class NextStepsTests
{
    [Theory]
    [InlineData("synthetic-2b-seed1", true, "gate")]
    [InlineData("synthetic-tiny-seed1", true, "gate --model synthetic:tiny")]
    [InlineData("bitnet2b", false, "gate --model ggml-model-i2_s.gguf")]
    public void A_run_to_repeat_names_its_model_unless_it_is_the_usual_one(string name, bool synthetic, string expected)
    {
        Receipt receipt = new SyntheticRun().Build();
        ModelDescription model = receipt.Model! with { Name = name, Synthetic = synthetic, File = "ggml-model-i2_s.gguf" };
        Assert.Equal(expected, NextSteps.Selection(receipt with { Model = model }));
    }

    [Fact]
    public void A_run_without_a_model_is_repeated_by_its_suite() =>
        Assert.Equal("gate", NextSteps.Selection(new SyntheticRun { WithModel = false }.Build()));

    [Fact]
    public void Runs_that_would_take_longer_than_a_night_are_no_advice()
    {
        // One run a side: noise between runs is assumed to be 5 %, and dozens of runs would be needed.
        ComparisonResult result = Sides.Compare([Scenes.Run("b", 3, suite: "quick")], [Scenes.Run("c", 3, 1.01, suite: "quick")]);
        Assert.Contains(result.Workloads, w => (w.Detail?.Needed?.BaselineRuns ?? w.Detail?.Needed?.RunsOnBothSides) > 20);
        // Four show what is assumed, in two hours.
        Assert.Equal(
            [new NextStep("bitnet-perf run --suite quick --repeat 4 --pause 30m", "noise between runs is only assumed: these show it")], NextSteps.Of(result, "quick"));
    }

    [Fact]
    public void A_comparison_to_look_at_again_names_every_receipt_of_both_sides()
    {
        SyntheticRun[] baseline = [.. Enumerable.Range(0, 10).Select(i => Scenes.Run($"b{i}", 10, Math.Exp(0.003 * (i % 2 == 0 ? 1 : -1))))];
        ComparisonResult result = Sides.Compare(baseline, [Scenes.Run("c1", 10), Scenes.Run("c2", 10)]);
        string command = NextSteps.Of(result, "gate").Single().Command;
        Assert.Equal(
            $"bitnet-perf compare {string.Join(' ', result.Baseline.Receipts.Select(r => r.Path))} --with {string.Join(' ', result.Candidate.Receipts.Select(r => r.Path))} --all", command);
        Assert.Equal((10, 2), (result.Baseline.Receipts.Count, result.Candidate.Receipts.Count));
    }

    [Fact]
    public void Runs_within_one_baseline_file_name_it_once()
    {
        SyntheticRun[] baseline = [.. Enumerable.Range(0, 10).Select(i => Scenes.Run($"b{i}", 10, Math.Exp(0.003 * (i % 2 == 0 ? 1 : -1))))];
        ComparisonResult result = Sides.Compare(baseline, [Scenes.Run("c", 10)]);
        result = result with { Baseline = result.Baseline with { Receipts = [.. result.Baseline.Receipts.Select(r => r with { Path = $"quick.json#{r.Run}" })] } };
        Assert.StartsWith("bitnet-perf compare quick.json --with ", NextSteps.Of(result, "gate").Single().Command, StringComparison.Ordinal);
    }
}
