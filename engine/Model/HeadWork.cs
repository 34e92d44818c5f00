using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Logits of some vocabulary rows for one or several positions; each row is read from memory once for all of them.</summary>
internal sealed unsafe class HeadWork : ParallelWork
{
    private const int RowsAtOnce = 4;

    private ModelWeights _weights = null!;
    private float* _prepared;
    private float* _logits;
    private int _positions;

    /// <param name="prepared">positions × embedding, from <see cref="HalfHead.Prepare"/>.</param>
    /// <param name="logits">positions × vocabulary.</param>
    public void Set(ModelWeights weights, float* prepared, int positions, float* logits)
    {
        _weights = weights;
        _prepared = prepared;
        _positions = positions;
        _logits = logits;
    }

    public override void Execute(int begin, int end, int worker)
    {
        int width = _weights.Shape.EmbeddingLength;
        if (_positions == 1)
        {
            HalfHead.Multiply(_weights.Embedding + (long)begin * width, end - begin, width, _prepared, _logits + begin);
            return;
        }
        for (int row = begin; row < end; row += RowsAtOnce)
        {
            for (int position = 0; position < _positions; position++)
            {
                HalfHead.Multiply(
                    _weights.Embedding + (long)row * width, Math.Min(RowsAtOnce, end - row), width, _prepared + (long)position * width,
                    _logits + (long)position * _weights.Shape.VocabularySize + row);
            }
        }
    }
}
