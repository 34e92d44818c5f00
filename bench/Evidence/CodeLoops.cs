namespace BitNet.Perf.Bench.Evidence;

/// <summary>Innermost loops of a method: natural loops (a jump back to a block that every way to the jump goes through) without another loop in them.</summary>
internal static class CodeLoops
{
    /// <summary>Indices of the instructions of each innermost loop, ascending.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Innermost(ListedMethod method)
    {
        var blocks = FlowBlocks.Of(method);
        var dominators = Dominators(blocks);
        var loops = new SortedDictionary<int, HashSet<int>>();
        for (var block = 0; block < blocks.Count; block++)
        {
            foreach (var header in blocks.Successors[block].Where(header => dominators[block]?.Contains(header) == true))
                Body(blocks, block, loops.TryGetValue(header, out var body) ? body : loops[header] = [header]);
        }
        return [.. loops.Where(loop => !loop.Value.Any(block => block != loop.Key && loops.ContainsKey(block)))
            .Select(loop => (IReadOnlyList<int>)[.. loop.Value.Order().SelectMany(blocks.Instructions)])];
    }

    /// <summary>Adds the blocks from which <paramref name="end"/> is reached without passing the header, which the body has already.</summary>
    private static void Body(FlowBlocks blocks, int end, HashSet<int> body)
    {
        var open = new Stack<int>([end]);
        while (open.TryPop(out var block))
        {
            if (!body.Add(block))
                continue;
            foreach (var before in blocks.Predecessors[block])
                open.Push(before);
        }
    }

    /// <summary>For each block those that every way to it goes through, itself included; null for one that is not reached.</summary>
    private static HashSet<int>?[] Dominators(FlowBlocks blocks)
    {
        var found = new HashSet<int>?[blocks.Count];
        if (blocks.Count == 0)
            return found;
        found[0] = [0];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var block = 1; block < blocks.Count; block++)
            {
                var before = blocks.Predecessors[block].Select(p => found[p]).OfType<HashSet<int>>().ToList();
                if (before.Count == 0)
                    continue;
                var common = new HashSet<int>(before[0]);
                foreach (var other in before.Skip(1))
                    common.IntersectWith(other);
                common.Add(block);
                if (found[block] is { } known && known.SetEquals(common))
                    continue;
                found[block] = common;
                changed = true;
            }
        }
        return found;
    }
}
