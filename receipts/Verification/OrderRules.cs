using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Each launch measured its workloads in the order that the run's seed gives, and every run measured the control kernel: neither the order nor the
/// check of the host can be chosen afterwards.</summary>
/// <remarks>The order is Fisher and Yates' shuffle of the receipt's workloads by SplitMix64 (Steele, Lea and Flood 2014) of the seed and the launch's number. It is
/// computed here by another hand than the one that ordered the launches.</remarks>
internal static class OrderRules
{
    // From this version of the exchange with the worker on, the order is held to be so.
    private const int Protocol = 2;

    private const ulong Step = 0x9e37_79b9_7f4a_7c15;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Origin != ReceiptOrigin.Measured)
            yield break;
        // One whose id is not of the grammar is there all the same; that is for another rule to say.
        if (receipt.Workloads.Count > 0 && !receipt.Workloads.Any(workload => workload.Id.StartsWith("probe/control", StringComparison.Ordinal)))
            yield return new("control-missing", "$.workloads", "no probe/control: that the host was steady cannot be told; every run measures it");
        if (receipt.Generator.Protocol < Protocol)
            yield break;
        string[] ids = [.. receipt.Workloads.Select(workload => workload.Id)];
        for (int i = 0; i < receipt.Launches.Count; i++)
        {
            LaunchRecord launch = receipt.Launches[i];
            HashSet<string> measured = [.. launch.Order];
            if (launch.Outcome == LaunchOutcome.Complete && !Shuffled([.. ids.Where(measured.Contains)], receipt.Settings.OrderSeed, launch.Index).SequenceEqual(launch.Order))
                yield return new("order-seed", $"$.launches[{i}].order", $"is not the order that $.settings.orderSeed gives to launch {launch.Index}");
        }
    }

    private static string[] Shuffled(string[] ids, long seed, int launch)
    {
        ulong state = (ulong)seed ^ ((ulong)launch * Step);
        for (int last = ids.Length - 1; last > 0; last--)
        {
            state += Step;
            ulong z = (state ^ (state >> 30)) * 0xbf58_476d_1ce4_e5b9;
            z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
            z ^= z >> 31;
            int other = (int)Math.BigMul(z, (ulong)(last + 1), out _);
            (ids[last], ids[other]) = (ids[other], ids[last]);
        }
        return ids;
    }
}
