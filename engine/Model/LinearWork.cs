using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>One product of a linear layer and where its results go.</summary>
/// <param name="output">tokens × Stride.</param>
/// <param name="addToOutput">Adds to what is there (the residual) instead of replacing it.</param>
internal readonly unsafe struct LinearTarget(TernaryMatrix matrix, float* output, int stride, bool addToOutput = false)
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
    private int _count;
    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private int _tokens;

    /// <summary>Sets the work; returns the number of items (<see cref="RowSplit"/>).</summary>
    public int Set(RunState state, WorkerScratch scratch, int tokens, in LinearTarget only)
    {
        (_state, _scratch, _tokens, _count) = (state, scratch, tokens, 1);
        _targets[0] = only;
        return RowSplit.Items(only.Matrix, tokens);
    }

    /// <inheritdoc cref="Set(RunState, WorkerScratch, int, in LinearTarget)"/>
    public int Set(RunState state, WorkerScratch scratch, int tokens, in LinearTarget first, in LinearTarget second, in LinearTarget third)
    {
        (_state, _scratch, _tokens, _count) = (state, scratch, tokens, 3);
        (_targets[0], _targets[1], _targets[2]) = (first, second, third);
        return RowSplit.Items(first.Matrix, tokens) + RowSplit.Items(second.Matrix, tokens) + RowSplit.Items(third.Matrix, tokens);
    }

    public override void Execute(int begin, int end, int worker)
    {
        int start = 0;
        for (int i = 0; i < _count && start < end; i++)
        {
            int items = RowSplit.Items(_targets[i].Matrix, _tokens);
            int first = Math.Max(begin - start, 0), last = Math.Min(end - start, items);
            if (first < last) Multiply(_targets[i], first, last - first, _scratch.Dots(worker));
            start += items;
        }
    }

    private void Multiply(in LinearTarget target, int first, int count, int* dots)
    {
        TernaryMatrix matrix = target.Matrix;
        RowSplit.Multiply(kernel, matrix, first, count, _state.Activations, _state.QuantizedSums.Pointer, _tokens, dots, count);
        int pieces = RowSplit.Pieces(matrix, _tokens);
        for (int piece = 0; piece < pieces; piece++)
        {
            (int token, int row) = RowSplit.Piece(matrix, _tokens, first, piece);
            float* output = target.Output + (long)token * target.Stride + row;
            float scale = _state.QuantizedScales.Pointer[token];
            if (target.AddToOutput) LinearEpilogue.Add(dots + piece * count, count, scale, matrix.Scale, output);
            else LinearEpilogue.Apply(dots + piece * count, count, scale, matrix.Scale, output);
        }
    }
}

/// <summary>The gate and up products of the same rows, and max(g, 0)² · u while both are at hand.</summary>
internal sealed unsafe class GateUpWork(TernaryKernel kernel) : ParallelWork
{
    private TernaryMatrix _gate;
    private TernaryMatrix _up;
    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private int _tokens;

    /// <summary>Sets the work; returns the number of items (<see cref="RowSplit"/>).</summary>
    public int Set(RunState state, WorkerScratch scratch, int tokens, in TernaryMatrix gate, in TernaryMatrix up)
    {
        (_state, _scratch, _tokens, _gate, _up) = (state, scratch, tokens, gate, up);
        return RowSplit.Items(gate, tokens);
    }

    public override void Execute(int begin, int end, int worker)
    {
        int count = end - begin;
        int pieces = RowSplit.Pieces(_gate, _tokens);
        int* gateDots = _scratch.Dots(worker);
        int* upDots = gateDots + (long)pieces * count;
        RowSplit.Multiply(kernel, _gate, begin, count, _state.Activations, _state.QuantizedSums.Pointer, _tokens, gateDots, count);
        RowSplit.Multiply(kernel, _up, begin, count, _state.Activations, _state.QuantizedSums.Pointer, _tokens, upDots, count);
        float* up = _scratch.Floats(worker);
        for (int piece = 0; piece < pieces; piece++)
        {
            (int token, int row) = RowSplit.Piece(_gate, _tokens, begin, piece);
            float scale = _state.QuantizedScales.Pointer[token];
            float* gate = _state.Gate.Pointer + (long)token * _gate.Rows + row;
            LinearEpilogue.Apply(gateDots + piece * count, count, scale, _gate.Scale, gate);
            LinearEpilogue.Apply(upDots + piece * count, count, scale, _up.Scale, up);
            SquaredReluGate.Apply(new Span<float>(gate, count), new ReadOnlySpan<float>(up, count));
        }
    }
}
