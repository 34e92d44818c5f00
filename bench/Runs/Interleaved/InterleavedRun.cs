using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Why an interleaved run measures no more.</summary>
public enum InterleavedEnd
{
    /// <summary>The last declared look is reached.</summary>
    AllPairs,

    /// <summary>A declared look decided everything.</summary>
    Decided,

    /// <summary>The budget ends before the next declared look; after the first one only.</summary>
    Budget,

    /// <summary>So many launches were lost that the pairs that are left could reject nothing.</summary>
    LaunchesLost,

    /// <summary>Cancelled; it can go on.</summary>
    Interrupted,
}

/// <summary>What an interleaved run left.</summary>
/// <param name="Receipts">As written; incomplete when interrupted.</param>
public sealed record InterleavedOutcome(InterleavedPlan Plan, InterleavedJournal Journal, Sides<Receipt> Receipts, InterleavedEnd End);

/// <summary>Two contestants measured in alternating launches; docs/statistics.md, "Interleaved".</summary>
public sealed class InterleavedRun
{
    /// <summary>Of the budget, for the pairs asked for: they were predicted to fit, and their look holds at least half of the error rate.</summary>
    private const double AskedShare = 1.25;

    private readonly InterleavedPlan _plan;
    private readonly InterleavedJournal _journal;
    private readonly Sides<IMeasuredSide> _sides;
    private readonly IPairedJudge _judge;
    private readonly IInterleavedProgress _progress;

    private InterleavedRun(InterleavedPlan plan, InterleavedJournal journal, Sides<IMeasuredSide> sides, IPairedJudge judge, IInterleavedProgress progress) =>
        (_plan, _journal, _sides, _judge, _progress) = (plan, journal, sides, judge, progress);

    public InterleavedJournal Journal => _journal;

    /// <summary>The part before the first launch: model, checks of the results, declared looks.</summary>
    /// <exception cref="RunRefusedException">The options cannot be met, or so few pairs could decide nothing.</exception>
    /// <exception cref="BuildRefusedException">The builds cannot be compared.</exception>
    /// <exception cref="Workloads.WrongResultException">A build computes something else than its reference, or than the other.</exception>
    /// <exception cref="RunFailedException">A worker failed.</exception>
    public static async Task<InterleavedRun> PrepareAsync(
        InterleavedOptions options, Contestants contestants, RunEnvironment environment, IPairedJudge judge, IInterleavedProgress progress, CancellationToken cancellationToken)
    {
        var planning = contestants.Planning(options.Measuring, environment, progress);
        var plan = await new InterleavedPlanning(options, planning, judge).PlanAsync(DateTimeOffset.UtcNow, cancellationToken);
        var journal = new InterleavedJournal(options.Folder ?? Path.Combine(options.Measuring.Output, $"ab-{plan.Run}"));
        journal.Write(plan);
        progress.Planned(plan);
        return new InterleavedRun(plan, journal, contestants.Open(plan, journal), judge, progress);
    }

    /// <summary>An interrupted run that goes on where it stopped; what it declared stays.</summary>
    /// <param name="contestants">Made from the plan.</param>
    /// <exception cref="RunRefusedException">No such run, or host, builds or model are not the same.</exception>
    public static async Task<InterleavedRun> ReopenAsync(
        string folder, Func<InterleavedPlan, Contestants> contestants, RunEnvironment environment, IPairedJudge judge, IInterleavedProgress progress, CancellationToken cancellationToken)
    {
        var journal = new InterleavedJournal(folder);
        var plan = journal.ReadPlan();
        judge.Require(plan.WorkloadIds);
        var again = contestants(plan);
        await again.RequireSameAsync(plan, environment, cancellationToken);
        progress.Planned(plan);
        return new InterleavedRun(plan, journal, again.Open(plan, journal), judge, progress);
    }

    /// <summary>The launches that are missing, then both receipts. Cancelled while measuring it still writes them, marked incomplete.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before any block was whole.</exception>
    /// <exception cref="ReceiptException">A file cannot be written.</exception>
    public async Task<InterleavedOutcome> FinishAsync(CancellationToken cancellationToken)
    {
        var end = InterleavedEnd.Interrupted;
        try
        {
            end = await MeasureAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (Pairs > 0)
        {
            // What was measured is kept; the block at hand is made again when the run is resumed.
        }
        _progress.Report(new RunProgress(RunStage.Writing, _journal.Folder, 1, TimeSpan.Zero));
        var receipts = Receipts(complete: end != InterleavedEnd.Interrupted);
        var written = new Sides<Receipt>(Write(_sides.Base.Journal, receipts.Base), Write(_sides.Head.Journal, receipts.Head));
        return new InterleavedOutcome(_plan, _journal, written, end);
    }

    private int Blocks => _sides.Base.Launches.Count;

    private IEnumerable<(LaunchRecord Base, LaunchRecord Head)> Whole =>
        _sides.Base.Launches.Zip(_sides.Head.Launches).Where(block => block.First.Outcome == LaunchOutcome.Complete && block.Second.Outcome == LaunchOutcome.Complete);

    private int Pairs => Whole.Count();

    /// <summary>Nothing but the declared looks, the budget and lost launches ends it: what verdicts look like in between does not.</summary>
    private async Task<InterleavedEnd> MeasureAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Blocks >= _plan.Pairs)
                return InterleavedEnd.AllPairs;
            if (Pairs > 0 && _plan.Looks.Any(look => look.Launches == Blocks) && Decided())
                return InterleavedEnd.Decided;
            if (!_plan.Looks.Any(IsWorthReaching))
                return InterleavedEnd.LaunchesLost;
            var next = _plan.Looks.First(look => look.Launches > Blocks).Launches;
            if (!InBudget(next))
                return InterleavedEnd.Budget;
            await BlockAsync(next, cancellationToken);
        }
    }

    /// <summary>Whether the pairs there can be at a look to come, if no more launches are lost, can reject anything at its level.</summary>
    private bool IsWorthReaching(DeclaredLook look) =>
        look.Launches > Blocks && Pairs + look.Launches - Blocks >= _judge.LeastPairs(_plan.FamilySize, look.Share);

    /// <summary>Whether the look is still measured up to. Without the first one nothing could be decided, so it is always reached.</summary>
    private bool InBudget(int look)
    {
        if (_plan.BudgetSeconds is not { } budget || look == _plan.Looks[0].Launches)
            return true;
        return Spent + (look - Blocks) * Pace <= budget * (look <= _plan.Asked ? AskedShare : 1);
    }

    private bool Decided()
    {
        var receipts = Receipts(complete: false);
        return _judge.AllDecided(receipts.Base, receipts.Head);
    }

    /// <summary>Seconds of all launches so far.</summary>
    private double Spent => _sides.Base.Launches.Concat(_sides.Head.Launches).Sum(launch => launch.WallSeconds);

    /// <summary>Seconds a block takes: as those before did, once there are any.</summary>
    private double Pace => Whole.Select(block => block.Base.WallSeconds + block.Head.WallSeconds).DefaultIfEmpty(_plan.BlockSeconds).Average();

    private async Task BlockAsync(int next, CancellationToken cancellationToken)
    {
        IMeasuredSide[] order = _plan.BaseFirst[Blocks] ? [_sides.Base, _sides.Head] : [_sides.Head, _sides.Base];
        var most = Blocks < _plan.Asked ? _plan.Asked : _plan.Pairs;
        var left = (most - Blocks) * Pace;
        var made = new List<(IMeasuredSide Side, LaunchRecord Launch)>();
        foreach (var side in order)
        {
            _progress.Begins(new BlockProgress(Blocks + 1, most, next, side.Name, TimeSpan.FromSeconds(left - made.Count * Pace / 2)));
            made.Add((side, await side.MeasureAsync(cancellationToken)));
        }
        // Only now: half a block cannot be completed later, its halves would be far apart.
        foreach (var (side, launch) in made)
        {
            side.Keep();
            if (launch.Failure is { } failure)
            {
                _progress.Warn(new ReceiptWarning(
                    WarningCodes.LaunchLost, WarningCodes.LaunchSubject(launch.Index), $"{side.Name}'s launch of block {launch.Index} was lost, and with it the block: {failure}"));
            }
        }
        if (Pairs > 0)
            _progress.Measured(Receipts(complete: false));
    }

    private Sides<Receipt> Receipts(bool complete)
    {
        var created = DateTimeOffset.UtcNow;
        var planned = complete ? Blocks : Math.Max(_plan.Pairs, Blocks + 1);
        return new Sides<Receipt>(
            _sides.Base.Receipt(planned, Interleaving(InterleavedSide.Base, _sides.Head), created),
            _sides.Head.Receipt(planned, Interleaving(InterleavedSide.Head, _sides.Base), created));
    }

    private Interleaving Interleaving(InterleavedSide side, IMeasuredSide partner) => new()
    {
        Side = side,
        Partner = partner.Run,
        BaseFirst = [.. _plan.BaseFirst.Take(Blocks)],
        Looks = _plan.Looks,
        Only = side == InterleavedSide.Base ? _plan.Only.Base : _plan.Only.Head,
        FamilySize = _plan.FamilySize,
        FamilyErrorRate = _plan.FamilyErrorRate,
    };

    private static Receipt Write(RunJournal journal, Receipt receipt)
    {
        var written = ReceiptFile.Write(journal.ReceiptPath, receipt);
        SamplesCsv.Write(journal.SamplesPath, written);
        return written;
    }
}
