using System.Text;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class ImportedReceiptTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static ImportFacts Facts(string key = "build-server-7")
    {
        Receipt measured = SyntheticReceipt.Create();
        return new ImportFacts
        {
            Run = "20260203T040506Z-0a1b2c3d",
            CreatedUtc = Time,
            Generator = measured.Generator,
            HostKey = key,
            Host = measured.Host,
            Build = measured.Build,
        };
    }

    private static Receipt Import(string lines) =>
        ReceiptDigest.Seal(ImportedReceipt.Of(ImportedLaunch.Of(SamplesCsv.Parse(Encoding.UTF8.GetBytes($"{SamplesCsv.Header}\n{lines}"))), Facts()));

    [Fact]
    public void A_receipt_of_a_file_of_any_names_and_units_is_sound()
    {
        Receipt receipt = Import("""
            Sort(size: 3),1,7,1.5,us
            Sort(size: 3),0,2,1600,ns
            Sort(size: 3),0,1,1400,ns
            Encode,1,1,12,tok/s
            Heap,1,1,4096,B
            kernel/gemv/i2s/avx2/64x64/b1/cold/t2,1,1,500,ns
            kernel/head/q8_0/avx2/64x64/b1/hot/t1,1,1,500,ns
            """);
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal(ReceiptOrigin.Imported, receipt.Origin);
        Assert.Equal("build-server-7", receipt.HostKey);
        Assert.Equal([1, 2], receipt.Launches.Select(launch => launch.Index));
        WorkloadRecord sort = receipt.Workloads[0];
        Assert.Equal(("Sort(size: 3)", "ns", 0), (sort.Id, sort.Unit, sort.Threads));
        Assert.Equal([1400, 1600], sort.Launches[0].Values);
        Assert.Equal([1500], sort.Launches[1].Nanoseconds);
        Assert.Empty(receipt.Workloads.Single(workload => workload.Id == "Encode").Launches.Single().Nanoseconds);
        Assert.Equal([1, 2], receipt.Settings.Threads);
    }

    [Theory]
    [InlineData("launch 3 follows launch 1", 0, 1, 3)]
    [InlineData("launch 4 follows launch 2", 1, 2, 4, 6)]
    [InlineData("launch 2 is the first", 2, 3)]
    public void A_launch_left_out_is_refused_for_those_behind_it_would_be_paired_with_others(string what, params int[] launches)
    {
        ReceiptException e = Assert.Throws<ReceiptException>(() => Import(string.Concat(launches.Reverse().Select(launch => $"Sort,{launch},1,1500,ns\n"))));
        Assert.Equal((ReceiptFault.Malformed, $"{what}; expected launches numbered from 0 or 1 without a gap"), (e.Fault, e.Message));
    }

    [Fact]
    public void What_the_file_does_not_tell_is_null_or_0_and_never_a_figure()
    {
        Receipt receipt = Import("Sort,1,1,1500,ns\n");
        Assert.Null(receipt.Model);
        Assert.Null(receipt.Phases);
        Assert.Null(receipt.Build.Commit);
        Assert.Null(receipt.Build.Dirty);
        WorkloadRecord sort = receipt.Workloads.Single();
        Assert.Equal(new WorkPerOperation(), sort.Work);
        Assert.Null(sort.Result);
        Assert.Null(sort.Summary.LaunchSpread);
        Assert.Null(sort.Launches.Single().AllocatedBytes);
        Assert.Equal((0, 0, 0.0), (receipt.Settings.KernelIterations, receipt.Settings.EndToEndIterations, receipt.Launches.Single().WallSeconds));
        Assert.Contains(receipt.Warnings, warning => warning.Code == WarningCodes.Imported);
    }

    [Fact]
    public void The_file_compiler_and_command_of_the_program_that_imports_are_left_out()
    {
        BuildDescription importer = RecordedFacts.Of(SyntheticReceipt.Create()).Build;
        Receipt receipt = ReceiptDigest.Seal(ImportedReceipt.Of([new([new("Sort", 1, 1, 1500, Unit.Nanoseconds)])], Facts() with { Build = importer, Host = new ToldHost().Describe() }));
        Assert.NotNull(importer.Binary);
        Assert.Equal((null, null, null), (receipt.Build.Binary, receipt.Build.Compiler, receipt.Build.Command));
        Assert.Empty(ReceiptVerification.Verify(receipt));
    }

    [Fact]
    public void A_launch_that_was_watched_has_its_start_and_length()
    {
        SampleRow row = new("Sort", 1, 1, 1500, Unit.Nanoseconds);
        Receipt receipt = ReceiptDigest.Seal(ImportedReceipt.Of([new([row], Time.AddSeconds(1), 2.5), new([row], Time.AddSeconds(4), 2.25)], Facts() with { CreatedUtc = Time.AddMinutes(1) }));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal([(1, 2.5), (2, 2.25)], receipt.Launches.Select(launch => (launch.Index, launch.WallSeconds)));
        Assert.Equal(Time.AddSeconds(4), receipt.Launches[1].StartedUtc);
    }

    [Fact]
    public void A_watched_launch_shorter_than_its_samples_is_found()
    {
        Receipt receipt = ReceiptDigest.Seal(ImportedReceipt.Of([new([new("Sort", 1, 1, 3e9, Unit.Nanoseconds)], Time, 2.5)], Facts()));
        Assert.Equal("wall-time", Assert.Single(ReceiptVerification.Verify(receipt)).Code);
    }

    [Fact]
    public void A_workload_in_two_units_over_launches_is_refused()
    {
        ReceiptException refused = Assert.Throws<ReceiptException>(() => ImportedReceipt.Of(
            [new([new("Sort", 1, 1, 1500, Unit.Nanoseconds)]), new([new("Sort", 1, 1, 9, Unit.Bytes)])], Facts()));
        Assert.Equal((ReceiptFault.Malformed, "Sort in ns and, in launch 2, in B"), (refused.Fault, refused.What));
    }

    [Fact]
    public void A_sample_twice_in_a_launch_is_refused()
    {
        SampleRow row = new("Sort", 1, 1, 1500, Unit.Nanoseconds);
        ReceiptException refused = Assert.Throws<ReceiptException>(() => ImportedReceipt.Of([new([row, row with { Launch = 2 }])], Facts()));
        Assert.Equal("Sort has an iteration twice in launch 1", refused.What);
    }

    [Fact]
    public void A_name_that_holds_a_path_of_the_machine_is_refused_with_its_line()
    {
        ReceiptException refused = Assert.Throws<ReceiptException>(() => Import("Sort,1,1,1500,ns\n/home/ada/Sort,1,1,1500,ns\n"));
        Assert.Equal("line 3", refused.Location);
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("settings")]
    [InlineData("wall-time")]
    public void A_measured_receipt_may_not_leave_the_same_unknown(string code)
    {
        Receipt imported = Import("kernel/gemv/i2s/avx2/64x64/b1/hot/t2,1,1,500,ns\n");
        Receipt claimed = imported with { Origin = ReceiptOrigin.Measured, Workloads = [imported.Workloads[0] with { Threads = 0 }] };
        Assert.Contains(ReceiptVerification.Verify(ReceiptDigest.Seal(claimed)), finding => finding.Code == code);
    }
}
