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
        Assert.DoesNotContain(NextSteps.Of(result, "quick"), step => step.Command.Contains("--repeat", StringComparison.Ordinal));
    }
}
