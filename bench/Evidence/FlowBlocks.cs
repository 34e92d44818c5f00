namespace BitNet.Perf.Bench.Evidence;

/// <summary>A method's instructions in blocks that are entered at their first and left at their last, and the ways between them.</summary>
internal sealed class FlowBlocks
{
    private readonly int[] _starts;
    private readonly int _end;

    private FlowBlocks(int[] starts, int end)
    {
        (_starts, _end) = (starts, end);
        Successors = [.. starts.Select(_ => new List<int>())];
        Predecessors = [.. starts.Select(_ => new List<int>())];
    }

    public int Count => _starts.Length;

    public IReadOnlyList<List<int>> Successors { get; }

    public IReadOnlyList<List<int>> Predecessors { get; }

    public IEnumerable<int> Instructions(int block)
    {
        var next = block + 1 < Count ? _starts[block + 1] : _end;
        return Enumerable.Range(_starts[block], next - _starts[block]);
    }

    public static FlowBlocks Of(ListedMethod method)
    {
        var instructions = method.Instructions;
        var starts = new SortedSet<int>(method.Labels.Values.Where(at => at < instructions.Count));
        if (instructions.Count > 0)
            starts.Add(0);
        for (var i = 0; i + 1 < instructions.Count; i++)
        {
            if (instructions[i].IsBranch || instructions[i].EndsFlow)
                starts.Add(i + 1);
        }
        var blocks = new FlowBlocks([.. starts], instructions.Count);
        var blockAt = blocks._starts.Select((start, block) => (start, block)).ToDictionary(pair => pair.start, pair => pair.block);
        for (var block = 0; block < blocks.Count; block++)
        {
            var last = instructions[blocks.Instructions(block).Last()];
            // A jump through a table may go to any label that a table of the method names.
            IEnumerable<string> labels = !last.IsBranch ? [] : last.Target is { } target ? [target] : method.TableLabels;
            foreach (var label in labels.Distinct())
            {
                if (method.Labels.TryGetValue(label, out var at) && blockAt.TryGetValue(at, out var next))
                    blocks.Connect(block, next);
            }
            if (!last.EndsFlow && block + 1 < blocks.Count)
                blocks.Connect(block, block + 1);
        }
        return blocks;
    }

    private void Connect(int from, int to)
    {
        if (Successors[from].Contains(to))
            return;
        Successors[from].Add(to);
        Predecessors[to].Add(from);
    }
}
