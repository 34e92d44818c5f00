using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Workloads;

public class WorkloadCatalogTests
{
    private static readonly ModelShape Full = ModelSource.ShapeOf("synthetic:2b");

    private static CatalogInput Input(ModelShape? shape = null, params int[] threads) =>
        new(shape ?? Full, KernelCatalog.Available[0], KernelCatalog.Available, threads.Length > 0 ? threads : [1, 4], 256L << 20);

    public static TheoryData<string, string> SuitesAndShapes()
    {
        var data = new TheoryData<string, string>();
        foreach (var suite in Suite.All)
        {
            foreach (var shape in new[] { "2b", "small", "tiny" })
                data.Add(suite.Name, shape);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(SuitesAndShapes))]
    public void Every_suite_has_different_ids_that_the_worker_finds_again(string suite, string shape)
    {
        var input = Input(ModelSource.ShapeOf("synthetic:" + shape));
        var selected = WorkloadCatalog.Select(Suite.Find(suite)!, [], input);
        Assert.Equal(selected.Count, selected.Select(d => d.Id.Text).Distinct().Count());
        // The worker looks ids up among all; a definition must be the same there.
        var all = WorkloadCatalog.All(input).ToDictionary(d => d.Id.Text);
        Assert.All(selected, d => Assert.Equal(d, all[d.Id.Text]));
        Assert.All(selected, d => Assert.True(WorkloadId.TryParse(d.Id.Text, out _)));
    }

    [Fact]
    public void Quick_is_cold_products_head_norm_quantiser_attention_prefill_decode_and_probes_on_all_threads()
    {
        var level = BitNet.Perf.Bench.Host.InstructionSets.Level;
        var isa = KernelCatalog.Available[0].Isa;
        Assert.Equal(
            [
                $"kernel/gemv/i2s/{isa}/2560x2560/b1/cold/t4", $"kernel/gemv/i2s/{isa}/640x2560/b1/cold/t4",
                $"kernel/gemv/i2s/{isa}/6912x2560/b1/cold/t4", $"kernel/gemv/i2s/{isa}/2560x6912/b1/cold/t4",
                $"kernel/head/f16/{level}/128256x2560/b1/cold/t4", $"kernel/head/screened8/{level}/128256x2560/b1/cold/t4",
                $"kernel/norm/f32/{level}/2560/b1/hot/t1", $"kernel/quantize/int8/{level}/2560/b1/hot/t1",
                $"kernel/attention/f16/{level}/ctx128/b1/cold/t4", $"kernel/attention/f16/{level}/ctx2048/b1/cold/t4",
                "e2e/prefill/i2s/pp128/t4", "e2e/decode/i2s+screened8/tg16@ctx0/t4", "e2e/decode/i2s+f16/tg16@ctx0/t4",
                "probe/read/t4", "probe/control/t1", "probe/mac/t4",
            ],
            WorkloadCatalog.Select(Suite.Quick, [], Input()).Select(d => d.Id.Text));
    }

    [Fact]
    public void A_suite_that_is_said_to_contain_another_measures_all_of_it()
    {
        Assert.True(Suite.Gate.Contains(Suite.Quick));
        foreach (var suite in Suite.All)
        {
            var measured = WorkloadCatalog.Select(suite, [], Input()).Select(d => d.Id.Text).ToHashSet();
            foreach (var other in Suite.All.Where(suite.Contains))
                Assert.All(WorkloadCatalog.Select(other, [], Input()).Where(d => d.Id.Family != WorkloadFamily.Probe), d => Assert.Contains(d.Id.Text, measured));
        }
    }

    [Fact]
    public void Gate_has_at_most_twenty_workloads() => Assert.InRange(WorkloadCatalog.Select(Suite.Gate, [], Input()).Count, 10, 20);

    [Fact]
    public void Kernels_and_end_to_end_run_on_one_and_all_threads()
    {
        foreach (var suite in new[] { Suite.Kernels, Suite.EndToEnd })
            Assert.Equal([1, 4], WorkloadCatalog.Select(suite, [], Input()).Select(d => d.Id.Threads).Distinct().Order());
        Assert.Contains(WorkloadCatalog.Select(Suite.EndToEnd, [], Input()), d => d.Id.Text == "e2e/decode/i2s+f16/tg32@ctx512/t1");
        Assert.Contains(WorkloadCatalog.Select(Suite.EndToEnd, [], Input()), d => d.Id.Text == "e2e/ttft/i2s/p16/t4");
    }

    [Fact]
    public void Only_end_to_end_and_full_start_processes()
    {
        foreach (var suite in Suite.All)
        {
            string[] expected = suite == Suite.EndToEnd || suite == Suite.Full ? ["e2e/start/i2s+screened8/p16/t4"] : [];
            Assert.Equal(expected, WorkloadCatalog.Select(suite, [], Input()).Select(d => d.Id.Text).Where(id => id.StartsWith("e2e/start/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Lossy_heads_with_a_vector_form_are_in_kernels_end_to_end_and_full_and_never_in_quick_or_gate()
    {
        var level = BitNet.Perf.Bench.Host.InstructionSets.Level;
        string[] kernels = [.. Each((head, threads) => $"kernel/head/{head}/{level}/128256x2560/b1/cold/t{threads}")];
        string[] decode = [.. Each((head, threads) => $"e2e/decode/i2s+{head}/tg32@ctx0/t{threads}")];
        foreach (var suite in Suite.All)
        {
            var expected = suite == Suite.Kernels ? kernels : suite == Suite.EndToEnd ? decode : suite == Suite.Full ? [.. decode, .. kernels] : [];
            var lossy = WorkloadCatalog.Select(suite, [], Input()).Where(d => d.Id.IsLossy).ToList();
            Assert.Equal(expected, lossy.Select(d => d.Id.Text).Order(StringComparer.Ordinal));
            Assert.All(lossy, d => Assert.NotNull(HeadFormat.LossyOf(d.Id)));
        }

        static IEnumerable<string> Each(Func<string, int, string> id) =>
            (LossyHeadFormat.HasVectorForm ? new[] { "q6_k", "q8_0" } : []).SelectMany(head => new[] { 1, 4 }.Select(threads => id(head, threads)));
    }

    [Fact]
    public void A_head_whose_rows_are_no_whole_blocks_of_a_lossy_format_has_no_workload_of_it()
    {
        var ids = WorkloadCatalog.Select(Suite.Full, [], Input(Full with { EmbeddingLength = 2592 })).Select(d => d.Id.Text).ToList();
        Assert.DoesNotContain(ids, id => id.Contains("q6_k", StringComparison.Ordinal));
        Assert.Equal(LossyHeadFormat.HasVectorForm, ids.Exists(id => id.Contains("/q8_0/", StringComparison.Ordinal)));
        Assert.Equal(LossyHeadFormat.HasVectorForm, ids.Exists(id => id.Contains("+q8_0/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_head_that_is_lossy_in_a_receipt_has_a_format_here_and_no_other()
    {
        foreach (var head in HeadFormat.Lossy.Select(format => format.Name).Append(HeadFormat.Half).Append(HeadFormat.Screened))
        {
            var id = WorkloadId.Parse($"e2e/decode/i2s+{head}/tg1@ctx0/t1");
            Assert.Equal(HeadFormat.LossyOf(id) is not null, id.IsLossy);
        }
    }

    [Fact]
    public void Kernels_compares_the_formats_on_one_shape_and_full_on_all()
    {
        var kernels = WorkloadCatalog.Select(Suite.Kernels, [], Input()).Select(d => d.Id.Text).ToList();
        var full = WorkloadCatalog.Select(Suite.Full, [], Input()).Select(d => d.Id.Text).ToList();
        foreach (var kernel in KernelCatalog.Available.Where(k => k.Isa != "scalar" && k.Format != I2SFormat.Instance))
        {
            var prefix = $"/{kernel.Format}/{kernel.Isa}/";
            Assert.Equal(3, kernels.Count(id => id.Contains(prefix + "6912x2560/", StringComparison.Ordinal) && id.EndsWith("/t1", StringComparison.Ordinal)));
            Assert.Equal(6, kernels.Count(id => id.Contains(prefix, StringComparison.Ordinal)));
            Assert.Equal(4 * 3 * 2, full.Count(id => id.Contains(prefix, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Full_contains_every_other_suite_but_the_reference_kernel()
    {
        var full = WorkloadCatalog.Select(Suite.Full, [], Input()).Select(d => d.Id.Text).ToHashSet();
        foreach (var suite in Suite.All)
            Assert.Subset(full, WorkloadCatalog.Select(suite, [], Input()).Select(d => d.Id.Text).ToHashSet());
        if (KernelCatalog.Available.Count > 1)
            Assert.DoesNotContain(full, id => id.Contains("/scalar/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_with_one_thread_measures_each_workload_once()
    {
        var selected = WorkloadCatalog.Select(Suite.Full, [], Input(null, 1));
        Assert.Equal(selected.Count, selected.Select(d => d.Id.Text).Distinct().Count());
        Assert.All(selected, d => Assert.Equal(1, d.Id.Threads));
    }

    [Fact]
    public void Everything_that_comes_from_memory_has_the_read_probe_of_as_many_threads()
    {
        foreach (var suite in Suite.All)
        {
            var selected = WorkloadCatalog.Select(suite, [], Input());
            var probes = selected.Where(d => d.Id is { Family: WorkloadFamily.Probe, Operation: "read" }).Select(d => d.Id.Threads).ToHashSet();
            Assert.Subset(probes, selected.Where(d => d.Id.Cold == true || d.Id.Family == WorkloadFamily.EndToEnd).Select(d => d.Id.Threads).ToHashSet());
        }
    }

    [Fact]
    public void Every_ternary_kernel_has_the_multiply_add_probe_of_as_many_threads_but_in_a_gate()
    {
        foreach (var suite in Suite.All)
        {
            var selected = WorkloadCatalog.Select(suite, [], Input());
            var probes = selected.Where(d => d.Id is { Family: WorkloadFamily.Probe, Operation: "mac" }).Select(d => d.Id.Threads).ToHashSet();
            var multiplying = selected.Where(d => d.Kernel is not null).Select(d => d.Id.Threads).ToHashSet();
            Assert.Equal(suite == Suite.Gate ? [] : multiplying.Order(), probes.Order());
        }
    }

    [Fact]
    public void A_star_stops_at_a_slash_and_two_do_not()
    {
        Assert.Equal(4 + 3, WorkloadCatalog.Select(Suite.Quick, ["kernel/gemv/**"], Input()).Count);
        Assert.Throws<NoWorkloadsException>(() => WorkloadCatalog.Select(Suite.Quick, ["kernel/gemv/*"], Input()));
        Assert.Equal(3, WorkloadCatalog.Select(Suite.Quick, ["probe/**"], Input()).Count);
    }

    [Fact]
    public void Settings_that_do_not_fit_the_models_context_are_left_out()
    {
        var narrow = Full with { ContextLength = 256 };
        var ids = WorkloadCatalog.Select(Suite.Full, [], Input(narrow)).Select(d => d.Id.Text).ToList();
        Assert.DoesNotContain(ids, id => id.Contains("ctx2048", StringComparison.Ordinal) || id.Contains("pp512", StringComparison.Ordinal) || id.Contains("ctx512", StringComparison.Ordinal));
        Assert.Contains(ids, id => id.Contains("pp128", StringComparison.Ordinal));
    }

    [Fact]
    public void Shapes_that_coincide_are_measured_once()
    {
        var square = Full with { KeyValueHeadCount = Full.HeadCount };
        Assert.Equal([(2560, 2560), (6912, 2560), (2560, 6912)], KernelDefinitions.MatrixShapes(square));
    }

    [Fact]
    public void A_dry_run_predicts_calibration_and_launches()
    {
        var environment = BitNet.Perf.Bench.Tests.Runs.Plans.Environment("", new BitNet.Perf.Bench.Tests.Runs.FakeWorker());
        var preview = RunPreview.Of(new RunOptions { Launches = 7 }, environment);
        Assert.Equal(7, preview.Launches);
        Assert.Equal(preview.Calibration + 7 * preview.Launch, preview.Total);
        Assert.Equal(16, preview.Workloads.Count);
    }
}
