using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.EndToEnd;
using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>What the workloads of one worker share: pools, the cold set, the model. Each is made when first needed.</summary>
/// <param name="modelPath">The model file.</param>
/// <param name="coldBytes">Bytes that cold workloads rotate over, and that the read probe reads.</param>
/// <param name="allThreads">The largest thread count of the run.</param>
public sealed unsafe class WorkerResources(string modelPath, long coldBytes, int allThreads) : IDisposable
{
    private readonly Dictionary<int, WorkerPool> _pools = [];
    private readonly Dictionary<int, RunState> _contexts = [];
    private HugePageBuffer<byte>? _ternary;
    private HugePageBuffer<byte>? _packed;
    private ModelWeights? _weights;
    private ModelShape? _shape;
    private ForwardCheck? _check;

    // Copies begin on pages of their own.
    private const long CopyAlignment = 4096;

    public string ModelPath => modelPath;

    public long ColdBytes => coldBytes;

    public static long CopyStride(long copyBytes) => (copyBytes + CopyAlignment - 1) / CopyAlignment * CopyAlignment;

    /// <summary>Random I2_S bytes: the cold set, and one matrix more so that whole copies cover it. The read probe reads them too, so that both see the
    /// same kind of memory; cold attention runs on the engine's own cache and the head on the mapped model file.</summary>
    public HugePageBuffer<byte> Ternary
    {
        get
        {
            if (_ternary is null)
            {
                var largest = KernelDefinitions.MatrixShapes(Shape).Max(m => (long)m.Rows * m.Columns / 4);
                _ternary = new HugePageBuffer<byte>(coldBytes + CopyStride(largest));
                RandomData.FillTernary(_ternary.Pointer, _ternary.Length, 0xb17);
            }
            return _ternary;
        }
    }

    /// <summary>Copies of the first matrix of <see cref="Ternary"/> in another format; I2_S is there already, each copy with weights of its own.
    /// One set is kept: workloads of a launch come and go.</summary>
    public byte* Packed(TernaryFormat format, int rows, int columns, int copies, long stride)
    {
        if (format == I2SFormat.Instance)
            return Ternary.Pointer;
        if (_packed is null || _packed.Length < copies * stride)
        {
            _packed?.Dispose();
            _packed = new HugePageBuffer<byte>(copies * stride);
        }
        var bytes = format.Bytes(rows, columns);
        format.Pack(Ternary.Pointer, rows, columns, _packed.Pointer);
        for (var copy = 1; copy < copies; copy++)
            Buffer.MemoryCopy(_packed.Pointer, _packed.Pointer + copy * stride, bytes, bytes);
        return _packed.Pointer;
    }

    /// <summary>Dimensions, without checking the weights.</summary>
    public ModelShape Shape => _shape ??= _weights?.Shape ?? ReadShape(modelPath);

    public ModelWeights Weights => _weights ??= ModelWeights.Open(modelPath);

    public ForwardCheck Check => _check ??= new ForwardCheck(Weights, Pool(allThreads));

    public WorkerPool Pool(int threads)
    {
        if (!_pools.TryGetValue(threads, out var pool))
            _pools[threads] = pool = new WorkerPool(threads);
        return pool;
    }

    /// <summary>A state with <paramref name="context"/> tokens evaluated and room for <paramref name="more"/>; shared by workloads that rewind to it.</summary>
    public RunState Context(int context, int more, TernaryKernel kernel)
    {
        if (_contexts.TryGetValue(context, out var existing) && existing.ContextCapacity >= context + more)
            return existing;
        existing?.Dispose();
        var state = new RunState(Shape, context + more);
        if (context > 0)
        {
            using var transformer = new Transformer(Weights, kernel, Pool(allThreads));
            transformer.Forward(state, ContextTokens(Shape, context));
        }
        return _contexts[context] = state;
    }

    internal const ulong ContextSeed = 0xc0;

    /// <summary>The tokens of a context, which depend on its length and the vocabulary only.</summary>
    internal static int[] ContextTokens(ModelShape shape, int context) => RandomData.Tokens(context, shape.VocabularySize, ContextSeed);

    public static ModelShape ReadShape(string path)
    {
        using var file = GgufFile.Open(path);
        return ModelShape.Read(file);
    }

    public void Dispose()
    {
        foreach (var state in _contexts.Values)
            state.Dispose();
        foreach (var pool in _pools.Values)
            pool.Dispose();
        _ternary?.Dispose();
        _packed?.Dispose();
        _weights?.Dispose();
    }
}
