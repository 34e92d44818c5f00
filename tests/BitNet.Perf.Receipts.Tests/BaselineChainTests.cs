using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public sealed class BaselineChainTests : IDisposable
{
    private readonly BaselineChains _chains = new();

    public void Dispose() => _chains.Dispose();

    [Fact]
    public void Every_superseded_baseline_is_kept_whole_and_the_chain_leads_to_the_first()
    {
        Baseline last = _chains.Publish(3);
        BaselineChain chain = BaselineChain.Read(_chains.Head);
        Assert.Equal(["day 3", "day 2", "day 1"], chain.Line.Select(baseline => baseline.Reason));
        Assert.Equal(("day 1", 3, last.Digest), (chain.Oldest.Reason, last.ChainLength, chain.Head.Digest));
        Assert.Empty(chain.Verify());
        Assert.Empty(chain.Notes);
        foreach (Baseline baseline in chain.Line.Skip(1))
            Assert.Equal(BaselineFile.Format(baseline), File.ReadAllBytes(_chains.History.PathOf(baseline.Digest!)));
    }

    [Fact]
    public void A_predecessor_taken_away_is_found_where_history_was_kept_and_a_note_where_it_was_not()
    {
        Baseline last = _chains.Publish(2);
        File.Delete(_chains.History.PathOf(last.Supersedes!));
        Finding finding = Assert.Single(BaselineChain.Read(_chains.Head).Verify());
        Assert.Equal(("predecessor", "$.supersedes"), (finding.Code, finding.Path));
        Baseline older = BaselinePublication.Sealed(last with { ChainLength = null });
        File.WriteAllBytes(_chains.Head, BaselineFile.Format(older));
        Assert.Empty(_chains.Codes());
        Assert.Equal([$"the predecessor {last.Supersedes} is not kept: it was replaced by a version that kept no history"], BaselineChain.Read(_chains.Head).Notes);
        // What is published over it keeps it, and the note stays.
        Baseline next = _chains.Store.Publish(BaselineChains.Draft(3), older).Baseline;
        Assert.Equal(2, next.ChainLength);
        Assert.Empty(_chains.Codes());
        Assert.Single(BaselineChain.Read(_chains.Head).Notes);
    }

    [Fact]
    public void A_superseded_baseline_that_was_altered_renamed_or_added_is_found()
    {
        Baseline last = _chains.Publish(3);
        string kept = _chains.History.PathOf(last.Supersedes!), text = File.ReadAllText(kept);
        File.WriteAllText(kept, text.Replace("\"day 2\"", "\"day X\"", StringComparison.Ordinal));
        Finding altered = BaselineChain.Read(_chains.Head).Verify()[0];
        Assert.Equal((Finding.Digest, $"history/quick/{BaselineHistory.Name(last.Supersedes!)}: $.digest"), (altered.Code, altered.Path));
        File.WriteAllText(kept, text);
        File.Move(kept, Path.Combine(_chains.History.Folder, "0123456789abcdef.json"));
        Assert.Contains("place", _chains.Codes());
        File.Move(Path.Combine(_chains.History.Folder, "0123456789abcdef.json"), kept);
        Assert.Empty(_chains.Codes());
        Baseline stranger = BaselineChains.Draft(9);
        File.WriteAllBytes(_chains.History.PathOf(stranger.Digest!), BaselineFile.Format(stranger));
        Assert.Equal(["orphan"], _chains.Codes());
    }

    [Fact]
    public void Two_over_one_predecessor_are_a_fork()
    {
        Baseline first = _chains.Publish(1);
        _chains.Store.Publish(BaselineChains.Draft(3), first);
        Baseline rival = BaselinePublication.Succeeding(BaselineChains.Draft(2), first);
        File.WriteAllBytes(_chains.History.PathOf(rival.Digest!), BaselineFile.Format(rival));
        Assert.Equal(["fork"], _chains.Codes());
    }

    [Fact]
    public void Times_that_do_not_ascend_and_a_wrong_length_are_found()
    {
        Baseline last = _chains.Publish(2);
        Baseline early = BaselinePublication.Sealed(last with { PublishedUtc = BaselineChains.Start.AddHours(1) });
        File.WriteAllBytes(_chains.Head, BaselineFile.Format(early));
        Assert.Equal(["time"], _chains.Codes());
        File.WriteAllBytes(_chains.Head, BaselineFile.Format(BaselinePublication.Sealed(last with { ChainLength = 7 })));
        Assert.Equal(["chain"], _chains.Codes());
    }

    [Fact]
    public void Nothing_is_published_before_its_predecessor_was()
    {
        Baseline last = _chains.Publish(2);
        Assert.Equal(ReceiptFault.Refused, Assert.Throws<ReceiptException>(() => _chains.Store.Publish(BaselineChains.Draft(1), last)).Fault);
    }

    [Fact]
    public void Of_two_that_publish_over_the_same_one_the_second_is_told_and_changes_nothing()
    {
        Baseline first = _chains.Publish(1);
        Baseline winner = _chains.Store.Publish(BaselineChains.Draft(2), first).Baseline;
        ReceiptException e = Assert.Throws<ReceiptException>(() => _chains.Store.Publish(BaselineChains.Draft(3), first));
        Assert.Equal(ReceiptFault.Busy, e.Fault);
        Assert.EndsWith($"another one was published meanwhile: {winner.Digest}; expected {first.Digest}; look at it and publish again", e.Message, StringComparison.Ordinal);
        Assert.Equal(winner.Digest, BaselineFile.Read(_chains.Head).Digest);
        Assert.Empty(_chains.Codes());
        Assert.Equal(ReceiptFault.Busy, Assert.Throws<ReceiptException>(() => _chains.Store.Publish(BaselineChains.Draft(3), null)).Fault);
    }

    [Fact]
    public void While_one_publishes_another_is_told_so_and_the_lock_leaves_no_file()
    {
        Baseline first = _chains.Publish(1);
        using (PublicationLock.Take(_chains.Head))
            Assert.Equal(ReceiptFault.Busy, Assert.Throws<ReceiptException>(() => _chains.Store.Publish(BaselineChains.Draft(2), first)).Fault);
        _chains.Store.Publish(BaselineChains.Draft(2), first);
        Assert.DoesNotContain(Directory.GetFiles(_chains.Folder, "*", SearchOption.AllDirectories), path => path.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_killed_publication_left_behind_does_no_harm()
    {
        Baseline first = _chains.Publish(1);
        // Killed after the old one was kept, before the new one took its place; and a lock that nobody holds any more.
        _chains.History.Keep(first, signature: null);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_chains.Head)!, ".quick.json.lock"), "");
        File.WriteAllText(Path.Combine(_chains.History.Folder, ".0123.json.x.tmp"), "{");
        Assert.Empty(_chains.Codes());
        _chains.Store.Publish(BaselineChains.Draft(2), first);
        Assert.Empty(_chains.Codes());
        // Torn in the history itself, as no rename leaves it: it is made whole again.
        Baseline second = BaselineFile.Read(_chains.Head);
        File.WriteAllText(_chains.History.PathOf(second.Digest!), "");
        Assert.Equal(ReceiptFault.Malformed, Assert.Throws<ReceiptException>(() => BaselineChain.Read(_chains.Head)).Fault);
        _chains.Store.Publish(BaselineChains.Draft(3), second);
        Assert.Empty(_chains.Codes());
    }

    [Fact]
    public void A_folder_of_baselines_stands_for_the_newest_of_each_alone()
    {
        _chains.Publish(3);
        Assert.Equal(["20260131T081500Z-00000003"], ReceiptSources.Read([_chains.Folder]).Select(source => source.Receipt.Run));
        string kept = Directory.GetFiles(_chains.History.Folder)[0];
        Assert.Single(ReceiptSources.Read([kept]));
    }
}
