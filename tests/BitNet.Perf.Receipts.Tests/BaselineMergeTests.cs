using System.Text;
using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Receipts.Tests;

public sealed class BaselineMergeTests : IDisposable
{
    private readonly BaselineChains _chains = new();

    public void Dispose() => _chains.Dispose();

    /// <summary>Two branches that both published over the first one; git merged the history, which has other names in it, and left both in the file.</summary>
    private (Baseline Ours, Baseline Theirs) Conflict(bool diff3 = false)
    {
        Baseline first = _chains.Publish(1);
        Baseline ours = BaselinePublication.Succeeding(BaselineChains.Draft(2), first), theirs = BaselinePublication.Succeeding(BaselineChains.Draft(3), first);
        _chains.History.Keep(first, signature: null);
        File.WriteAllText(_chains.Head, BaselineChains.Conflict(Text(ours), Text(theirs), diff3 ? Text(first) : null));
        return (ours, theirs);
    }

    private static string Text(Baseline baseline) => Encoding.UTF8.GetString(BaselineFile.Format(baseline));

    [Fact]
    public void A_file_with_both_branches_in_it_is_told_of_by_name_with_the_command()
    {
        Conflict();
        foreach (Action read in new Action[] { () => BaselineFile.Read(_chains.Head), () => ReceiptSources.Read([_chains.Folder]), () => _chains.Store.Find(_chains.Store.List()[0].HostKey, "quick") })
        {
            ReceiptException e = Assert.Throws<ReceiptException>(read);
            Assert.Equal(ReceiptFault.Conflict, e.Fault);
            Assert.EndsWith($"holds a merge conflict: both branches published this baseline; expected one chain again, as this makes it: bitnet-perf baseline resolve {_chains.Head} --keep ours|theirs|newer --reason TEXT", e.Message, StringComparison.Ordinal);
        }
        Assert.Contains("merge conflict", Assert.Single(_chains.Store.List()).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_sides_are_read_from_between_the_markers(bool diff3)
    {
        (Baseline ours, Baseline theirs) = Conflict(diff3);
        (byte[] first, byte[] second) = MergeConflict.Sides(File.ReadAllBytes(_chains.Head));
        Assert.Equal((ours.Digest, theirs.Digest), (BaselineVerification.Parse(first).Digest, BaselineVerification.Parse(second).Digest));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Joined_they_are_one_chain_that_has_both(bool keepOurs)
    {
        (Baseline ours, Baseline theirs) = Conflict();
        (Baseline kept, Baseline other) = keepOurs ? (ours, theirs) : (theirs, ours);
        Baseline joined = BaselineMerge.Join(_chains.Head, kept, other, "measured later", BaselineChains.Start.AddDays(4));
        Assert.Equal((other.Digest, kept.Digest, 3), (joined.Supersedes, joined.Merges, joined.ChainLength));
        Assert.Equal(kept.Receipts.Select(receipt => receipt.Digest), joined.Receipts.Select(receipt => receipt.Digest));
        Assert.Equal(joined.Digest, BaselineFile.Read(_chains.Head).Digest);
        Assert.Empty(BaselineStore.Verify(_chains.Head));
        Assert.Empty(_chains.Codes());
        _chains.Store.Publish(BaselineChains.Draft(5), joined);
        Assert.Empty(_chains.Codes());
        File.Delete(_chains.History.PathOf(kept.Digest!));
        Assert.Equal(["predecessor"], _chains.Codes());
    }

    [Fact]
    public void The_same_baseline_on_both_sides_or_one_over_the_other_stays_as_it_is()
    {
        Baseline first = _chains.Publish(1), second = BaselinePublication.Succeeding(BaselineChains.Draft(2), first);
        Assert.Equal(first.Digest, BaselineMerge.Join(_chains.Head, first, first, "reason", BaselineChains.Start.AddDays(4)).Digest);
        Assert.Equal(second.Digest, BaselineMerge.Join(_chains.Head, second, first, "reason", BaselineChains.Start.AddDays(4)).Digest);
        Assert.Empty(_chains.Codes());
    }

    [Fact]
    public void What_is_joined_must_be_sound_of_this_place_and_have_a_reason()
    {
        (Baseline ours, Baseline theirs) = Conflict();
        DateTimeOffset now = BaselineChains.Start.AddDays(4);
        Assert.Equal(ReceiptFault.Refused, Assert.Throws<ReceiptException>(() => BaselineMerge.Join(_chains.Head, ours, theirs, "", now)).Fault);
        Assert.Equal(ReceiptFault.DigestMismatch, Assert.Throws<ReceiptException>(() => BaselineMerge.Join(_chains.Head, ours, theirs with { Reason = "x" }, "reason", now)).Fault);
        string elsewhere = Path.Combine(_chains.Folder, "other", "quick.json");
        Assert.Equal(ReceiptFault.Arithmetic, Assert.Throws<ReceiptException>(() => BaselineMerge.Join(elsewhere, ours, theirs, "reason", now)).Fault);
        Assert.True(MergeConflict.IsIn(File.ReadAllBytes(_chains.Head)));
    }

    [Fact]
    public void Markers_within_a_line_are_no_conflict() =>
        Assert.False(MergeConflict.IsIn("{ \"reason\": \"<<<<<<< HEAD\", \"b\": \">>>>>>> x\" }"u8));
}
