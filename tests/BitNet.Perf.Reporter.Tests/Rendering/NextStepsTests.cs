using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

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
}
