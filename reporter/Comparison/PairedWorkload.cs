using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>A workload's blocks and how significant they are, over all looks reached.</summary>
/// <param name="Pair">Both sides, launch by launch of the same blocks.</param>
/// <param name="LogRatios">ln(head cost ÷ base cost), block by block.</param>
/// <param name="Walsh">Of these.</param>
/// <param name="Slower">One-sided p for slower at the last look reached; 1 when none was.</param>
/// <param name="Faster">The same for faster.</param>
/// <param name="SlowerAdjusted">At most α exactly when some look rejected.</param>
/// <param name="FasterAdjusted">The same for faster.</param>
internal sealed record PairedWorkload(
    WorkloadPair Pair, double[] LogRatios, WalshAverages Walsh, double Slower, double Faster, double SlowerAdjusted, double FasterAdjusted)
{
    public static PairedWorkload[] Test(IReadOnlyList<WorkloadPair> pairs, Blocks blocks, LookPlan looks, int reached)
    {
        PairedWorkload[] tested = ManyWorkloads.Each(pairs, (pair, _) => Test(pair, blocks.LogCosts(pair.Id, pair.Record.Better), looks, reached));
        if (looks.Looks.Count > 1 || reached == 0) return tested;
        // One look spends the whole of α, and Holm's procedure spends it better.
        double[] slower = Adjust(tested.Select(t => t.Slower), looks.FamilySize), faster = Adjust(tested.Select(t => t.Faster), looks.FamilySize);
        return [.. tested.Select((t, i) => t with { SlowerAdjusted = slower[i], FasterAdjusted = faster[i] })];
    }

    // Workloads of the declared family that cannot be judged count as not rejected.
    private static double[] Adjust(IEnumerable<double> p, int familySize)
    {
        double[] judged = [.. p];
        return Holm.Adjust([.. judged, .. Enumerable.Repeat(1.0, familySize - judged.Length)])[..judged.Length];
    }

    private static PairedWorkload Test(WorkloadPair pair, BlockedCosts costs, LookPlan looks, int reached)
    {
        double[] ratios = costs.LogRatios(), opposite = [.. ratios.Select(ratio => -ratio)];
        double slower = 1, faster = 1, slowerAdjusted = 1, fasterAdjusted = 1;
        for (int look = 0; look < reached; look++)
        {
            // Lost blocks leave fewer pairs than the look declares; which were lost does not depend on the ratios.
            int pairs = costs.Within(looks.Looks[look].Launches);
            (slower, faster) = (SignedRank.UpperTail(ratios[..pairs]), SignedRank.UpperTail(opposite[..pairs]));
            double weight = looks.FamilyErrorRate / looks.LevelOf(look);
            slowerAdjusted = Math.Min(slowerAdjusted, weight * slower);
            fasterAdjusted = Math.Min(fasterAdjusted, weight * faster);
        }
        return new PairedWorkload(pair, ratios, new WalshAverages(ratios), slower, faster, slowerAdjusted, fasterAdjusted);
    }
}
