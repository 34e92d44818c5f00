using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class VerificationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_sound_receipt_has_no_finding(int launches) =>
        Assert.Empty(ReceiptVerification.Verify(ReceiptDigest.Seal(SyntheticReceipt.Create(launches))));

    [Fact]
    public void A_receipt_without_seal_or_with_another_content_fails_by_its_digest()
    {
        Receipt receipt = SyntheticReceipt.Create();
        Assert.Equal([Finding.Digest], ReceiptVerification.Verify(receipt).Select(finding => finding.Code));
        Receipt altered = ReceiptDigest.Seal(receipt) with { Filters = ["kernel/**"] };
        Assert.Equal([Finding.Digest], ReceiptVerification.Verify(altered).Select(finding => finding.Code));
        ReceiptException e = Assert.Throws<ReceiptException>(() => ReceiptVerification.Require(altered, "r.json"));
        Assert.Equal(ReceiptFault.DigestMismatch, e.Fault);
        Assert.StartsWith("r.json: $.digest: altered", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_impossible_figure_under_a_good_seal_is_a_fault_of_arithmetic()
    {
        Receipt receipt = ReceiptDigest.Seal(SyntheticReceipt.Create().With(SyntheticReceipt.Gemv, w => w with { Summary = w.Summary with { Median = 1 } }));
        ReceiptException e = Assert.Throws<ReceiptException>(() => ReceiptVerification.Require(receipt, "r.json"));
        Assert.Equal(ReceiptFault.Arithmetic, e.Fault);
        Assert.Contains("$.workloads[0].summary.median: 1; the samples give ", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Names => [.. Breakages.All.Select(breakage => breakage.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_rule_finds_the_one_thing_that_is_broken(string name)
    {
        Breakage breakage = Breakages.All.Single(breakage => breakage.Name == name);
        Receipt broken = ReceiptDigest.Seal(breakage.Break(SyntheticReceipt.Create()));
        IReadOnlyList<Finding> findings = ReceiptVerification.Verify(broken);
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal((breakage.Code, finding.Message), (finding.Code, finding.Message)));
        Assert.Contains(findings, finding => finding.Path == breakage.Path);
    }

    [Fact]
    public void Every_rule_has_a_test_that_breaks_it()
    {
        // Codes as they stand in the sources of the rules: a new rule without a breakage fails here.
        string[] tested = [.. Breakages.All.Select(breakage => breakage.Code), Finding.Digest, "schema", "number"];
        Assert.Equal(RuleCodes.FromSources().Order(), tested.Distinct().Order());
    }

    [Fact]
    public void A_number_that_a_double_does_not_hold_is_found_and_named()
    {
        Receipt receipt = SyntheticReceipt.Create();
        receipt = receipt with { Digest = "sha256:" + new string('0', 64), Settings = receipt.Settings with { OrderSeed = long.MaxValue } };
        Finding finding = Assert.Single(ReceiptVerification.Verify(receipt));
        Assert.Equal(("number", "$.settings.orderSeed"), (finding.Code, finding.Path));
    }

    [Fact]
    public void A_record_of_another_schema_is_found()
    {
        Receipt receipt = ReceiptDigest.Seal(SyntheticReceipt.Create() with { Schema = "receipt/7" });
        Assert.Equal("schema", Assert.Single(ReceiptVerification.Verify(receipt)).Code);
    }

    [Fact]
    public void A_probe_slowed_in_all_but_one_iteration_makes_no_honest_bandwidth_impossible()
    {
        Receipt receipt = SyntheticReceipt.Create().With(SyntheticReceipt.Probe, probe => (probe with
        {
            Launches = [.. probe.Launches.Select(samples => WorkloadFigures.Samples(Unit.Find(probe.Unit)!, probe.Work, samples.Launch, samples.Operations,
                [.. samples.Nanoseconds.Select((nanoseconds, i) => i == 0 ? nanoseconds : nanoseconds * 8)], samples.AllocatedBytes))],
        }).Summarized());
        Assert.Empty(ReceiptVerification.Verify(ReceiptDigest.Seal(receipt)));
    }

    [Fact]
    public void A_lost_launch_is_accounted_for_by_a_warning()
    {
        Receipt receipt = Breakages.LoseLaunch(SyntheticReceipt.Create(), 3) with
        {
            Warnings = [new(WarningCodes.LaunchLost, WarningCodes.LaunchSubject(3), "the worker crashed")],
        };
        Assert.Empty(ReceiptVerification.Verify(ReceiptDigest.Seal(receipt)));
    }

    [Fact]
    public void An_incomplete_run_need_not_have_every_planned_launch()
    {
        Receipt receipt = SyntheticReceipt.Create();
        receipt = receipt with { Status = RunStatus.Incomplete, Settings = receipt.Settings with { LaunchesPlanned = 9 } };
        Assert.Empty(ReceiptVerification.Verify(ReceiptDigest.Seal(receipt)));
    }

    [Fact]
    public void Hot_weights_may_arrive_faster_than_memory_reads()
    {
        Receipt receipt = SyntheticReceipt.Create();
        double probe = receipt.Workloads.Single(workload => workload.Id == SyntheticReceipt.Probe).Summary.Maximum;
        Assert.True(receipt.Workloads.Single(workload => workload.Id == SyntheticReceipt.Hot).Summary.GigabytesPerSecond > 1.1 * probe);
        Assert.Empty(ReceiptVerification.Verify(ReceiptDigest.Seal(receipt)));
    }
}
