using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Bench.Workloads.EndToEnd;
using BitNet.Perf.Bench.Workloads.Kernels;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Bench.Workloads.Probes;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Workloads;

public class WorkloadCheckTests
{
    public static TheoryData<string> TinyWorkloads() => [.. TinyResources.Definitions(2).Select(d => d.Id.Text)];

    [Theory]
    [MemberData(nameof(TinyWorkloads))]
    public void Every_workload_passes_its_check_and_gives_the_same_output_again_after_it_ran(string id)
    {
        using var resources = TinyResources.Create(2);
        var definition = TinyResources.Definitions(2).Single(d => d.Id.Text == id);
        using var workload = WorkloadFactory.Create(definition, resources);
        var result = workload.Check();
        for (var i = 0; i < 5; i++)
            workload.Run();
        Assert.Equal(result?.Digest, workload.Digest());
        Assert.Equal(definition.Id is { Family: WorkloadFamily.Probe, Operation: "read" }, result is null);
        Assert.True(result is null || result.Checked > 0);
    }

    [Theory]
    [MemberData(nameof(TinyWorkloads))]
    public void The_output_does_not_depend_on_the_process_wide_state_or_the_number_of_threads(string id)
    {
        using var one = TinyResources.Create(1);
        using var two = TinyResources.Create(2);
        var single = id[..id.LastIndexOf('/')] + "/t1";
        using var a = WorkloadFactory.Create(TinyResources.Definitions(1).Single(d => d.Id.Text == single), one);
        using var b = WorkloadFactory.Create(TinyResources.Definitions(2).Single(d => d.Id.Text == id), two);
        b.Run();
        Assert.Equal(a.Digest(), b.Digest());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    public unsafe void A_product_with_one_wrong_value_is_found(int tokens)
    {
        using var pool = new WorkerPool(2);
        using var weights = new HugePageBuffer<byte>(256 * 256 / 4);
        RandomData.FillTernary(weights.Pointer, weights.Length, 1);
        var id = WorkloadId.Parse($"kernel/gemm/i2s/scalar/256x256/b{tokens}/hot/t2");
        using var right = new ProductWorkload(id, new I2SScalarKernel(), pool, weights.Pointer, weights.Pointer, 1, 0, 256, 256, tokens);
        Assert.Equal("scalar", right.Check().Against);
        using var wrong = new ProductWorkload(id, new OffByOne(), pool, weights.Pointer, weights.Pointer, 1, 0, 256, 256, tokens);
        var e = Assert.Throws<WrongResultException>(wrong.Check);
        Assert.Contains("the scalar kernel gives", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_forward_pass_with_a_wrong_kernel_is_found(bool prompt)
    {
        using var weights = ModelWeights.Open(TinyResources.ModelPath);
        using var pool = new WorkerPool(1);
        var check = new ForwardCheck(weights, pool);
        using var wrong = new Transformer(weights, new OffByOne(), pool);
        var e = Assert.Throws<WrongResultException>(() => prompt ? check.AsPrompt(wrong, "") : check.TokenByToken(wrong, ""));
        Assert.Contains("with the scalar kernel", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q8_0")]
    [InlineData("q6_k")]
    public unsafe void A_lossy_head_with_one_altered_code_is_found(string head)
    {
        using var weights = ModelWeights.Open(TinyResources.ModelPath);
        using var pool = new WorkerPool(2);
        var id = WorkloadId.Parse($"kernel/head/{head}/scalar/512x256/b1/cold/t2");
        var format = HeadFormat.LossyOf(id)!;
        using var workload = new LossyHeadWorkload(id, weights, format, pool, 1);
        Assert.Equal(("scalar", 512), (workload.Check().Against, workload.Check().Checked));
        // A code of the middle of row 300, neither a scale nor the first or last row.
        weights.HeadIn(format).Packed[300 * format.RowBytes(256) + 40] ^= 1;
        var e = Assert.Throws<WrongResultException>(() => workload.Check());
        Assert.Contains("logit 300 is", e.Message, StringComparison.Ordinal);
        Assert.Contains("the scalar form gives", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lossy_head_in_a_forward_pass_does_not_hide_a_wrong_kernel()
    {
        using var weights = ModelWeights.Open(TinyResources.ModelPath);
        using var pool = new WorkerPool(1);
        using var right = Transformer.WithLossyHead(weights, KernelCatalog.Available[0], pool, Q8HeadFormat.Instance);
        using var wrong = Transformer.WithLossyHead(weights, new OffByOne(), pool, Q8HeadFormat.Instance);
        var check = new ForwardCheck(weights, pool);
        Assert.Contains("with the lossy head q8_0", check.TokenByToken(right, "").Detail, StringComparison.Ordinal);
        Assert.Throws<WrongResultException>(() => check.TokenByToken(wrong, ""));
    }

    [Fact]
    public void A_float_result_beyond_its_tolerance_or_not_a_number_is_found()
    {
        var id = WorkloadId.Parse("kernel/norm/f32/scalar/2/b1/hot/t1");
        Assert.Equal("allowed 0.01 of the largest magnitude 2, found 0.005", FloatCheck.Compare(id, [1, 2.01f], [1, 2], 1e-2, "x", "").Detail);
        Assert.Throws<WrongResultException>(() => FloatCheck.Compare(id, [1, 2.03f], [1, 2], 1e-2, "x", ""));
        Assert.Throws<WrongResultException>(() => FloatCheck.Compare(id, [float.NaN, 2], [1, 2], 1e-2, "x", ""));
    }

    [Fact]
    public void The_control_loop_gives_the_frozen_value()
    {
        using var control = new ControlKernel();
        Assert.Equal("constant", control.Check().Against);
        // Frozen with control/1: a changed loop must become control/2.
        Assert.Equal(0x0123_4567_89AB_CDEFUL ^ ~0x0123_4567_89AB_CDEFUL, ControlKernel.Loop(0x0123_4567_89AB_CDEF, 0));
        Assert.Equal(ControlKernel.Expected, ControlKernel.Loop(0x0123_4567_89AB_CDEF, ControlKernel.Steps));
    }

    /// <summary>The scalar kernel, except that the first row's result of each call is one too large.</summary>
    private sealed unsafe class OffByOne : TernaryKernel
    {
        private readonly I2SScalarKernel _scalar = new();

        public override TernaryFormat Format => I2SFormat.Instance;
        public override string Isa => "scalar";
        public override string Reason => "wrong";
        public override bool IsSupported => true;

        public override void Multiply(byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
        {
            _scalar.Multiply(packed, rows, columns, activations, activationSums, tokens, output, outputStride);
            for (var t = 0; t < tokens; t++)
                output[(long)t * outputStride]++;
        }
    }
}
