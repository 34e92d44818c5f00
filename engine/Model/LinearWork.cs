using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>One product of a linear layer and where its results go.</summary>
/// <param name="output">tokens × Stride.</param>
/// <param name="addToOutput">Adds to what is there (the residual) instead of replacing it.</param>
internal readonly unsafe struct LinearTarget(in TernaryMatrix matrix, float* output, int stride, bool addToOutput = false)
{
    public TernaryMatrix Matrix { get; } = matrix;
    public float* Output { get; } = output;
    public int Stride { get; } = stride;
    public bool AddToOutput { get; } = addToOutput;
}

/// <summary>Products of up to three matrices with the same quantised input (query, key and value share one).</summary>
internal sealed unsafe class LinearWork(TernaryKernel kernel) : ParallelWork
{
    private readonly LinearTarget[] _targets = new LinearTarget[3];
    private readonly RowSplit[] _splits = new RowSplit[3];
    private int _count;
    private RunState _state = null!;
    private WorkerScratch _scratch = null!;

    /// <summary>Sets the work; returns the number of items (<see cref="RowSplit"/>).</summary>
    public int Set(RunState state, WorkerScratch scratch, int tokens, in LinearTarget only)
    {
        (_state, _scratch, _count) = (state, scratch, 0);
        return Add(tokens, only);
    }

    /// <inheritdoc cref="Set(RunState, WorkerScratch, int, in LinearTarget)"/>
    public int Set(RunState state, WorkerScratch scratch, int tokens, in LinearTarget first, in LinearTarget second, in LinearTarget third)
    {
        (_state, _scratch, _count) = (state, scratch, 0);
        return Add(tokens, first) + Add(tokens, second) + Add(tokens, third);
    }

    /// <summary>How the items are to be handed out: that of the first matrix.</summary>
    public RowSplit Split => _splits[0];

    private int Add(int tokens, in LinearTarget target)
    {
        _targets[_count] = target;
        _splits[_count] = new(target.Matrix, tokens);
        return Span(_splits[_count++]);
    }

    /// <summary>Items a matrix takes up: whole units, so that every matrix begins where a range may begin.</summary>
    private int Span(in RowSplit split)
    {
        int unit = _splits[0].Unit;
        return (split.Items + unit - 1) / unit * unit;
    }

    public override void Execute(int begin, int end, int worker)
    {
        int start = 0;
        for (int i = 0; i < _count && start < end; i++)
        {
            int first = Math.Max(begin - start, 0), last = Math.Min(end - start, _splits[i].Items);
            if (first < last) Multiply(_splits[i], _targets[i], first, last - first, _scratch.Dots(worker));
            start += Span(_splits[i]);
        }
    }

    private void Multiply(in RowSplit split, in LinearTarget target, int first, int count, int* dots)
    {
        split.Multiply(kernel, first, count, _state.Activations, _state.QuantizedSums.Pointer, dots, count);
        float weightScale = target.Matrix.Scale;
        for (int piece = 0; piece < split.Pieces; piece++)
        {
            float* output = target.Output + (long)piece * split.PieceStride(target.Stride) + first;
            float scale = _state.QuantizedScales.Pointer[split.Token(piece)];
            if (target.AddToOutput) LinearEpilogue.Add(dots + (long)piece * count, count, scale, weightScale, output);
            else LinearEpilogue.Apply(dots + (long)piece * count, count, scale, weightScale, output);
        }
    }
}

/// <summary>The gate and up products of the same rows, and max(g, 0)² · u while both are at hand.</summary>
internal sealed unsafe class GateUpWork(TernaryKernel kernel) : ParallelWork
{
    private RowSplit _gate;
    private RowSplit _up;
    private RunState _state = null!;
    private WorkerScratch _scratch = null!;

    /// <summary>Sets the work; returns the number of items (<see cref="RowSplit"/>).</summary>
    public int Set(RunState state, WorkerScratch scratch, int tokens, in TernaryMatrix gate, in TernaryMatrix up)
    {
        (_state, _scratch, _gate, _up) = (state, scratch, new(gate, tokens), new(up, tokens));
        return _gate.Items;
    }

    /// <inheritdoc cref="LinearWork.Split"/>
    public RowSplit Split => _gate;

    public override void Execute(int begin, int end, int worker)
    {
        int count = end - begin;
        int* gateDots = _scratch.Dots(worker);
        int* upDots = gateDots + (long)_gate.Pieces * count;
        _gate.Multiply(kernel, begin, count, _state.Activations, _state.QuantizedSums.Pointer, gateDots, count);
        _up.Multiply(kernel, begin, count, _state.Activations, _state.QuantizedSums.Pointer, upDots, count);
        int stride = _gate.PieceStride(_gate.Matrix.Rows);
        for (int piece = 0; piece < _gate.Pieces; piece++)
        {
            long at = (long)piece * count;
            LinearEpilogue.Gate(
                gateDots + at, upDots + at, count, _state.QuantizedScales.Pointer[_gate.Token(piece)], _gate.Matrix.Scale, _up.Matrix.Scale,
                _state.Gate.Pointer + (long)piece * stride + begin);
        }
    }
}
