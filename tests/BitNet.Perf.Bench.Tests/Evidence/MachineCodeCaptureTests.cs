using System.Runtime.InteropServices;
using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Tests.Workloads;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Evidence;

/// <summary>Real workers that list their code.</summary>
public sealed class MachineCodeCaptureTests
{
    private static async Task<(CodeListing Listing, Dictionary<string, CodePath?> Paths)> CaptureAsync(params string[] operations)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "listings of x64 alone are read");
        using var capture = new MachineCodeCapture();
        string[] ids = [.. TinyResources.Definitions(1).Select(d => d.Id).Where(id => operations.Contains(id.Operation)).Select(id => id.Text)];
        var plan = Plans.Empty with
        {
            Task = WorkerTask.Calibrate,
            ModelPath = TinyResources.ModelPath,
            Kernel = null,
            ColdBytes = TinyResources.ColdBytes,
            Workloads = [.. ids.Select(id => new PlannedWorkload(id, 0))],
            CodeListing = capture.ListingPath,
        };
        var paths = new Dictionary<string, CodePath?>();
        var end = await RunEnvironment.Live().Worker.RunAsync(
            plan, TimeSpan.FromMinutes(3), message =>
            {
                if (message is CalibratedMessage m)
                    paths[m.Id] = m.Path;
            },
            TestContext.Current.CancellationToken);
        Assert.Null(end.Failure);
        Assert.Equal(ids, paths.Keys);
        using var text = new StreamReader(capture.ListingPath!);
        return (CodeListing.Parse(text), paths);
    }

    [Fact]
    public async Task Two_processes_of_this_build_have_the_same_code_whatever_else_they_measure()
    {
        var (listing, paths) = await CaptureAsync("norm", "quantize", "head", "attention");
        var (other, fewer) = await CaptureAsync("attention", "norm");
        var (code, less) = (CapturedCode.Of(listing, paths), CapturedCode.Of(other, fewer));
        Assert.Empty(code.Warnings);
        Assert.Empty(less.Warnings);
        Assert.NotEmpty(less.ByWorkload);
        Assert.All(less.ByWorkload.Keys, id => Assert.Equal(less.Of(id)!.Digest, code.Of(id)!.Digest));
        Assert.All(code.ByWorkload, workload => Assert.NotNull(MachineCode.Hottest(workload.Value)));
    }

    [Fact]
    public async Task What_a_product_of_one_token_says_it_never_calls_is_not_even_compiled()
    {
        var (listing, paths) = await CaptureAsync("gemv");
        Assert.NotEmpty(paths);
        foreach (var path in paths.Values)
        {
            var kernel = Assert.Single(path!.Overrides, type => type.EndsWith("Kernel", StringComparison.Ordinal));
            var names = path.Walk(listing);
            Assert.Contains(names, name => name.StartsWith(kernel + ":Multiply", StringComparison.Ordinal));
            // The scalar kernel's is what results are checked against.
            if (kernel != typeof(I2SScalarKernel).FullName)
                Assert.All(path.NeverCalls, form => Assert.DoesNotContain(listing.Methods.Keys, name => name.StartsWith(kernel + form[form.IndexOf(':')..], StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_temporary_file_goes_with_the_capture()
    {
        string path;
        using (var capture = new MachineCodeCapture())
        {
            path = capture.ListingPath!;
            Assert.True(File.Exists(path));
        }
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }
}
