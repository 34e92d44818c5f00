using System.Globalization;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>Holds the logits of eight positions against a forward pass with the scalar kernel. That pass is made once per process and
/// way of evaluation, since it takes seconds.</summary>
public sealed class ForwardCheck(ModelWeights weights, WorkerPool pool)
{
    public const int Positions = 8;

    /// <summary>Allowed deviation as a share of the largest logit. The kernels are exact, so what differs is the order of float sums.</summary>
    private const double Allowed = 1e-5;

    private readonly int[] _tokens = [FirstToken(weights.Shape), .. RandomData.Tokens(Positions - 1, weights.Shape.VocabularySize, 0xf0)];
    private readonly Dictionary<LossyHeadFormat, float[]> _lossyTokenByToken = [];
    private float[]? _scalarTokenByToken;
    private float[]? _scalarAsPrompt;

    /// <summary>Where generation starts: the id that begins a text in Llama 3's vocabulary (spec 1.3), or 1 in a smaller one.</summary>
    public static int FirstToken(ModelShape shape) => shape.VocabularySize > 128_000 ? 128_000 : Math.Min(1, shape.VocabularySize - 1);

    /// <summary>A lossy head is held against its own scalar form behind scalar products, so its loss is no deviation.</summary>
    public ResultCheck TokenByToken(Transformer transformer, string digest) => transformer.LossyHead is { } lossy ? Lossy(transformer, lossy.Format, digest) :
        Compare(TokenByToken(transformer), _scalarTokenByToken ??= Once(Scalar(), TokenByToken), digest, "token by token");

    public ResultCheck AsPrompt(Transformer transformer, string digest) =>
        Compare(AsPrompt(transformer), _scalarAsPrompt ??= Once(Scalar(), AsPrompt), digest, "as one prompt");

    private ResultCheck Lossy(Transformer transformer, LossyHeadFormat format, string digest)
    {
        if (!_lossyTokenByToken.TryGetValue(format, out var scalar))
            _lossyTokenByToken[format] = scalar = Once(Transformer.WithLossyHead(weights, new I2SScalarKernel(), pool, format, scalarHead: true), TokenByToken);
        return Compare(TokenByToken(transformer), scalar, digest, $"token by token with the lossy head {format}");
    }

    private static float[] Once(Transformer transformer, Func<Transformer, float[]> evaluate)
    {
        using (transformer)
            return evaluate(transformer);
    }

    private Transformer Scalar() => new(weights, new I2SScalarKernel(), pool);

    private float[] TokenByToken(Transformer transformer)
    {
        using var state = new RunState(weights.Shape, Positions, 1);
        var vocabulary = weights.Shape.VocabularySize;
        var logits = new float[Positions * vocabulary];
        for (var i = 0; i < Positions; i++)
            transformer.Forward(state, _tokens.AsSpan(i, 1)).CopyTo(logits.AsSpan(i * vocabulary));
        return logits;
    }

    private float[] AsPrompt(Transformer transformer)
    {
        using var state = new RunState(weights.Shape, Positions, Positions);
        var logits = new float[Positions * weights.Shape.VocabularySize];
        transformer.ForwardAll(state, _tokens, logits);
        return logits;
    }

    private ResultCheck Compare(float[] found, float[] scalar, string digest, string how)
    {
        var scale = scalar.Max(Math.Abs);
        double largest = 0;
        for (var i = 0; i < scalar.Length; i++)
        {
            var deviation = Math.Abs((double)found[i] - scalar[i]);
            if (!(deviation <= Allowed * scale))
            {
                throw new WrongResultException(string.Create(CultureInfo.InvariantCulture,
                    $"forward pass {how}: logit {i % weights.Shape.VocabularySize} of position {i / weights.Shape.VocabularySize} is {found[i]:G9}; with the scalar kernel {scalar[i]:G9}"));
            }
            largest = Math.Max(largest, deviation);
        }
        return new ResultCheck(digest, "scalar-forward", Positions, string.Create(CultureInfo.InvariantCulture,
            $"all logits of {Positions} positions {how}: allowed {Allowed:G3} of the largest logit {scale:G3}, found {(scale == 0 ? 0 : largest / scale):G3}"));
    }
}
