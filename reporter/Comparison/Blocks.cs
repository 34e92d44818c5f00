using System.Collections.Concurrent;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>The blocks of an interleaved comparison: launch i of a base receipt and launch i of its head. Several receipts on each side are taken in
/// the order they were made.</summary>
internal sealed class Blocks
{
    private readonly (ReceiptSource Base, ReceiptSource Head)[] _receipts;
    private readonly Dictionary<(string Path, string Workload), WorkloadRecord> _records;

    private readonly ConcurrentDictionary<string, BlockedCosts> _costs = new();

    /// <summary>For each receipt, launches that belong to a block within the first so many.</summary>
    private readonly int[] _within;

    /// <exception cref="ComparisonInputException">The receipts are no pairs.</exception>
    public Blocks(SideOfRuns baseline, SideOfRuns candidate, int? most = null)
    {
        if (baseline.Sources.Count != candidate.Sources.Count)
            throw Unequal($"{baseline.Sources.Count} baseline and {candidate.Sources.Count} candidate receipts");
        // Each was looked at as it declared, and ended by what it showed: together they would be looked at once more, with the whole of α.
        if (baseline.Sources.Count > 1 && baseline.Sources.Concat(candidate.Sources).FirstOrDefault(source => source.Receipt.Interleaving is not null) is { } looked)
            throw Unequal($"{looked.Path} is a side of an interleaved comparison of its own; several receipts a side cannot be taken together");
        _receipts = [.. baseline.Sources.Zip(candidate.Sources, Pair)];
        _records = _receipts.SelectMany(pair => new[] { pair.Base, pair.Head }).SelectMany(source => source.Receipt.Workloads.Select(record => (source, record)))
            .ToDictionary(x => (x.source.Path, x.record.Id), x => x.record);
        int left = most ?? int.MaxValue;
        _within = [.. _receipts.Select(pair =>
        {
            int taken = Math.Min(left, Math.Min(Unconditional(pair.Base.Receipt), Unconditional(pair.Head.Receipt)));
            left -= taken;
            return taken;
        })];
    }

    /// <summary>Blocks of which both launches ended, whole or lost.</summary>
    public int Count => _within.Sum();

    /// <summary>Blocks of which a launch was lost: they show nothing.</summary>
    public int Lost => _receipts.Select((pair, r) => Enumerable.Range(0, _within[r])
        .Count(i => pair.Base.Receipt.Launches[i].Outcome != LaunchOutcome.Complete || pair.Head.Receipt.Launches[i].Outcome != LaunchOutcome.Complete)).Sum();

    /// <summary>What the receipts declare; null where they were not made as the two sides of one interleaved comparison.</summary>
    public Interleaving? Declared => _receipts[0].Base.Receipt.Interleaving;

    /// <summary>Workloads that were not measured because only the base, or only the head, has them.</summary>
    public (IReadOnlyList<string> Base, IReadOnlyList<string> Head) Only => (_receipts[0].Base.Receipt.Interleaving?.Only ?? [], _receipts[0].Head.Receipt.Interleaving?.Only ?? []);

    /// <summary>The launches of a workload on both sides that are in one block.</summary>
    public BlockedCosts LogCosts(string workload, Better better)
    {
        if (_costs.TryGetValue(workload, out BlockedCosts? known)) return known;
        List<int> blocks = [];
        List<double> before = [], after = [];
        int offset = 0;
        for (int r = 0; r < _receipts.Length; r++)
        {
            Dictionary<int, double> first = Medians(_receipts[r].Base, workload, _within[r]), second = Medians(_receipts[r].Head, workload, _within[r]);
            foreach ((int launch, double median) in first.OrderBy(entry => entry.Key))
            {
                if (!second.TryGetValue(launch, out double other)) continue;
                blocks.Add(offset + launch);
                before.Add(Log(median));
                after.Add(Log(other));
            }
            offset += _within[r];
        }
        return _costs[workload] = new BlockedCosts([.. blocks], [.. before], [.. after]);

        double Log(double value) => better == Better.Lower ? Math.Log(value) : -Math.Log(value);
    }

    private Dictionary<int, double> Medians(ReceiptSource source, string workload, int within) => !_records.TryGetValue((source.Path, workload), out WorkloadRecord? record)
        ? []
        : record.Launches.Where(launch => launch.Launch <= within && launch.Values.Count > 0).ToDictionary(launch => launch.Launch, launch => SideSample.Median(launch, source.Path, workload));

    // A run that measured on made its later launches because of what the earlier ones showed; only declared looks may count those.
    private static int Unconditional(Receipt receipt) => Math.Min(receipt.Launches.Count, receipt.Interleaving is null ? LaunchLooks.Unconditional(receipt) : int.MaxValue);

    private static (ReceiptSource, ReceiptSource) Pair(ReceiptSource before, ReceiptSource after)
    {
        Receipt one = before.Receipt, other = after.Receipt;
        if (one.Interleaving is { } declared && (declared.Partner != other.Run || declared.Side != InterleavedSide.Base || other.Interleaving?.Partner != one.Run))
            throw Unequal($"{before.Path} is the {declared.Side.ToString().ToLowerInvariant()} side of run {declared.Partner}; {after.Path} is {other.Run}");
        if (one.Interleaving is null != other.Interleaving is null)
            throw Unequal($"of {before.Path} and {after.Path} one is a side of an interleaved comparison, the other is not");
        if (one.Interleaving is null && one.Launches.Count != other.Launches.Count)
            throw Unequal($"{before.Path} has {one.Launches.Count} launches, {after.Path} has {other.Launches.Count}");
        return (before, after);
    }

    private static ComparisonInputException Unequal(string what) =>
        new(ComparisonInputFault.UnequalPairs, $"{what}; launches in pairs were expected: as many on each side, the base first");
}

/// <summary>One workload's blocks that have both launches.</summary>
/// <param name="Block">Number of each, from 1, ascending.</param>
/// <param name="Base">Logarithms of costs.</param>
/// <param name="Head">Logarithms of costs.</param>
internal sealed record BlockedCosts(int[] Block, double[] Base, double[] Head)
{
    /// <summary>ln(head cost ÷ base cost).</summary>
    public double[] LogRatios() => [.. Head.Zip(Base, (head, @base) => head - @base)];

    /// <summary>How many of them are within the first so many blocks.</summary>
    public int Within(int blocks) => Block.Count(block => block <= blocks);
}
