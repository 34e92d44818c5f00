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
    private LinearTarget _first;
    private LinearTarget _second;
    private LinearTarget _third;
    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private int _tokens;

    /// <summary>Sets the work; returns the number of items, one a weight row.</summary>
    public int Set(RunState state, WorkerScratch scratch, int tokens, LinearTarget first, LinearTarget second = default, LinearTarget third = default)
    {
        (_state, _scratch, _tokens, _first, _second, _third) = (state, scratch, tokens, first, second, third);
        return first.Matrix.Rows + second.Matrix.Rows + third.Matrix.Rows;
    }

    public override void Execute(int begin, int end, int worker)
    {
        int start = Part(_first, 0, begin, end, worker);
        start = Part(_second, start, begin, end, worker);
        Part(_third, start, begin, end, worker);
    }

    /// <summary>The rows of one target within [begin, end), where its first row has the number <paramref name="start"/>.</summary>
    private int Part(in LinearTarget target, int start, int begin, int end, int worker)
    {
        int first = Math.Max(begin - start, 0);
        int last = Math.Min(end - start, target.Matrix.Rows);
        if (first < last) Multiply(target, first, last - first, _scratch.Dots(worker));
        return start + target.Matrix.Rows;
    }

    private void Multiply(in LinearTarget target, int row, int rows, int* dots)
    {
        TernaryMatrix matrix = target.Matrix;
        kernel.Multiply(
            matrix.Row(row), rows, matrix.Columns, _state.Quantized.Pointer, _state.QuantizedSums.Pointer, _tokens, dots, rows);
        for (int token = 0; token < _tokens; token++)
        {
            float* output = target.Output + (long)token * target.Stride + row;
            float scale = _state.QuantizedScales.Pointer[token];
            if (target.AddToOutput) LinearEpilogue.Add(dots + token * rows, rows, scale, matrix.Scale, output);
            else LinearEpilogue.Apply(dots + token * rows, rows, scale, matrix.Scale, output);
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

    public int Set(RunState state, WorkerScratch scratch, int tokens, TernaryMatrix gate, TernaryMatrix up)
    {
        (_state, _scratch, _tokens, _gate, _up) = (state, scratch, tokens, gate, up);
        return gate.Rows;
    }

    public override void Execute(int begin, int end, int worker)
    {
        int rows = end - begin;
        sbyte* q = _state.Quantized.Pointer;
        int* sums = _state.QuantizedSums.Pointer;
        int* gateDots = _scratch.Dots(worker);
        int* upDots = gateDots + (long)rows * _tokens;
        kernel.Multiply(_gate.Row(begin), rows, _gate.Columns, q, sums, _tokens, gateDots, rows);
        kernel.Multiply(_up.Row(begin), rows, _up.Columns, q, sums, _tokens, upDots, rows);
        float* up = _scratch.Floats(worker);
        for (int token = 0; token < _tokens; token++)
        {
            float scale = _state.QuantizedScales.Pointer[token];
            float* gate = _state.Gate.Pointer + (long)token * _gate.Rows + begin;
            LinearEpilogue.Apply(gateDots + token * rows, rows, scale, _gate.Scale, gate);
            LinearEpilogue.Apply(upDots + token * rows, rows, scale, _up.Scale, up);
            SquaredReluGate.Apply(new Span<float>(gate, rows), new ReadOnlySpan<float>(up, rows));
        }
    }
}
