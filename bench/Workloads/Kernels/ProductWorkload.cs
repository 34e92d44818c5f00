using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>A ternary product (gemv or gemm) through the kernel's own contract, split over the pool as the forward pass splits it.
/// Successive operations take successive copies of the weights.</summary>
public sealed unsafe class ProductWorkload : Workload
{
    /// <summary>Up to this many tokens the whole output is checked, beyond it some rows.</summary>
    private const int WholeOutputTokens = 8;
    private const int CheckedRows = 32;

    private readonly WorkloadId _id;
    private readonly WorkerPool _pool;
    private readonly Rows _work;
    private readonly byte* _source;
    private readonly int _items;
    private readonly int _grain;
    private readonly int _copies;
    private readonly long _copyStride;
    private readonly AlignedBuffer<sbyte> _quantized;
    private readonly AlignedBuffer<sbyte> _activations;
    private readonly AlignedBuffer<int> _sums;
    private readonly AlignedBuffer<int> _output;
    private int _copy;

    /// <param name="source">The first copy's weights in I2_S, for the check: rows × columns/4 bytes.</param>
    /// <param name="packed">Copies of the weights side by side, in the kernel's format.</param>
    public ProductWorkload(
        WorkloadId id, TernaryKernel kernel, WorkerPool pool, byte* source, byte* packed, int copies, long copyStride, int rows, int columns, int tokens)
    {
        (_id, _pool, _copies, _copyStride) = (id, pool, copies, copyStride);
        _source = source;
        _quantized = new((long)tokens * columns);
        _activations = new((long)tokens * kernel.ActivationBytes(columns));
        _sums = new(tokens);
        _output = new((long)tokens * rows);
        for (var t = 0; t < tokens; t++)
        {
            var row = _quantized.Span((long)t * columns, columns);
            RandomData.Fill(row, 0x5eed + (ulong)t);
            foreach (var q in row)
                _sums.Pointer[t] += q;
            kernel.Prepare(_quantized.Pointer + (long)t * columns, columns, _activations.Pointer + (long)t * kernel.ActivationBytes(columns));
        }
        _work = new Rows(kernel, packed, rows, columns, tokens, _activations.Pointer, _sums.Pointer, _output.Pointer);
        _items = _work.Split.Items;
        _grain = _work.Split.Grain(pool.Threads);
    }

    public override void Run()
    {
        _work.Take(_copy * _copyStride);
        if (++_copy == _copies)
            _copy = 0;
        _pool.Run(_work, _items, _grain, _work.Split.Unit);
    }

    /// <summary>Which of the two forms runs depends on the matrix and the tokens alone (<see cref="RowSplit"/>); where a kernel has no streams of its own,
    /// they are made of the other form.</summary>
    public override IReadOnlyList<string> NeverCalls =>
        _items == _work.Count ? [Name(nameof(TernaryKernel.MultiplyStreams))] : _work.HasStreams ? [Name(nameof(TernaryKernel.Multiply))] : [];

    private static string Name(string form) => $"{typeof(TernaryKernel).FullName}:{form}(";

    public override string Digest()
    {
        RunFirstCopy();
        return ResultDigest.Of(_output.Pointer, _output.Length);
    }

    public override ResultCheck Check()
    {
        RunFirstCopy();
        var scalar = new I2SScalarKernel();
        var tokens = _work.Tokens;
        var rows = tokens <= WholeOutputTokens
            ? Enumerable.Range(0, _work.Count).ToArray()
            : SampledRows.Of(_work.Count, CheckedRows);
        var expected = new int[tokens];
        foreach (var row in rows)
        {
            fixed (int* target = expected)
            {
                scalar.Multiply(
                    _source + (long)row * _work.Columns / 4, 1, _work.Columns, _quantized.Pointer, _sums.Pointer, tokens, target, 1);
            }
            for (var t = 0; t < tokens; t++)
            {
                var found = _output.Pointer[(long)t * _work.Count + row];
                if (found != expected[t])
                    throw new WrongResultException($"{_id}: row {row} of token {t} is {found}; the scalar kernel gives {expected[t]}");
            }
        }
        return new ResultCheck(ResultDigest.Of(_output.Pointer, _output.Length), "scalar", rows.Length * tokens, null);
    }

    private void RunFirstCopy()
    {
        _copy = 0;
        Run();
        _copy = 0;
    }

    public override void Dispose()
    {
        _quantized.Dispose();
        _activations.Dispose();
        _sums.Dispose();
        _output.Dispose();
        base.Dispose();
    }

    private sealed class Rows(TernaryKernel kernel, byte* first, int rows, int columns, int tokens, sbyte* activations, int* sums, int* output) : ParallelWork
    {
        public int Count { get; } = rows;
        public int Columns { get; } = columns;
        public int Tokens { get; } = tokens;

        /// <summary>Whether the kernel reads streams in a way of its own.</summary>
        public bool HasStreams { get; } = kernel.GetType().GetMethod(nameof(TernaryKernel.MultiplyStreams))!.DeclaringType != typeof(TernaryKernel);

        public RowSplit Split { get; private set; } = new(new TernaryMatrix(kernel.Format, first, rows, columns, 1), tokens);

        /// <summary>Goes on with the copy that begins so many bytes after the first.</summary>
        public void Take(long offset) => Split = new(new TernaryMatrix(kernel.Format, first + offset, Count, Columns, 1), Tokens);

        public override void Execute(int begin, int end, int worker)
        {
            Split.Multiply(kernel, begin, end - begin, activations, sums, output + begin, Split.PieceStride(Count));
        }
    }
}
