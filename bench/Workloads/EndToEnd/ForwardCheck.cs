using System.Globalization;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>Holds the logits of eight positions against a forward pass with the scalar kernel, and computes the perplexity of a longer text that begins with
/// them. The scalar pass is made once per process and way of evaluation, since it takes seconds; the timed one once per kernel, threads and head.</summary>
public sealed class ForwardCheck(ModelWeights weights, WorkerPool pool)
{
    public const int Positions = 8;

    /// <summary>Allowed deviation as a share of the largest logit. The kernels are exact, so what differs is the order of float sums.</summary>
    private const double Allowed = 1e-5;

    /// <summary>One way to evaluate a number of ids of the text into all their logits.</summary>
    private delegate float[] Evaluation(Transformer transformer, int positions);

    private readonly FixedText _text = new(weights.Shape);
    private readonly Dictionary<string, float[]> _scalar = [];
    private readonly Dictionary<(string Way, string Kernel, int Threads), ResultCheck> _found = [];

    /// <summary>Where generation starts: the id that begins a text in Llama 3's vocabulary (spec 1.3), or 1 in a smaller one.</summary>
    public static int FirstToken(ModelShape shape) => shape.VocabularySize > 128_000 ? 128_000 : Math.Min(1, shape.VocabularySize - 1);

    /// <summary>A lossy head is held against its own scalar form behind scalar products, so its loss is no deviation.</summary>
    public ResultCheck TokenByToken(Transformer transformer, string digest) => transformer.LossyHead is { Format: { } format }
        ? Check(transformer, digest, $"token by token with the lossy head {format}", TokenByToken, () => Transformer.WithLossyHead(weights, new I2SScalarKernel(), pool, format, scalarHead: true))
        : Check(transformer, digest, "token by token", TokenByToken, Scalar);

    public ResultCheck AsPrompt(Transformer transformer, string digest) => Check(transformer, digest, "as one prompt", AsPrompt, Scalar);

    private Transformer Scalar() => new(weights, new I2SScalarKernel(), pool);

    private ResultCheck Check(Transformer transformer, string digest, string way, Evaluation evaluate, Func<Transformer> scalar)
    {
        var key = (way, transformer.Kernel.Name, transformer.Threads);
        if (!_found.TryGetValue(key, out var check))
            _found[key] = check = Compare(transformer, way, evaluate, ScalarLogits(way, evaluate, scalar));
        return check with { Digest = digest };
    }

    private float[] ScalarLogits(string way, Evaluation evaluate, Func<Transformer> scalar)
    {
        if (_scalar.TryGetValue(way, out var known))
            return known;
        using var transformer = scalar();
        return _scalar[way] = evaluate(transformer, Positions);
    }

    private float[] TokenByToken(Transformer transformer, int positions)
    {
        using var state = new RunState(weights.Shape, positions, 1);
        var vocabulary = weights.Shape.VocabularySize;
        var logits = new float[positions * vocabulary];
        for (var i = 0; i < positions; i++)
            transformer.Forward(state, _text.Evaluated(positions).Slice(i, 1)).CopyTo(logits.AsSpan(i * vocabulary));
        return logits;
    }

    private float[] AsPrompt(Transformer transformer, int positions)
    {
        using var state = new RunState(weights.Shape, positions, positions);
        var logits = new float[positions * weights.Shape.VocabularySize];
        transformer.ForwardAll(state, _text.Evaluated(positions), logits);
        return logits;
    }

    private ResultCheck Compare(Transformer transformer, string way, Evaluation evaluate, float[] scalar)
    {
        var found = evaluate(transformer, Positions);
        var detail = Deviation(found, scalar, way);
        var perplexity = new PerplexityCheck
        {
            TextDigest = _text.Digest,
            Positions = _text.Positions,
            Value = _text.Perplexity(evaluate(transformer, _text.Positions), _text.Positions),
            ScalarPositions = Positions,
            ValueThere = _text.Perplexity(found, Positions),
            ScalarValue = _text.Perplexity(scalar, Positions),
        };
        if (!PerplexityCheck.AreNear(perplexity.ValueThere, perplexity.ScalarValue))
        {
            throw new WrongResultException(string.Create(CultureInfo.InvariantCulture,
                $"forward pass {way}: perplexity {perplexity.ValueThere:G9}; with the scalar kernel {perplexity.ScalarValue:G9}"));
        }
        return new ResultCheck("", "scalar-forward", Positions, detail) { Perplexity = perplexity };
    }

    /// <summary>The largest, in words.</summary>
    private string Deviation(float[] found, float[] scalar, string way)
    {
        var scale = scalar.Max(Math.Abs);
        double largest = 0;
        for (var i = 0; i < scalar.Length; i++)
        {
            var deviation = Math.Abs((double)found[i] - scalar[i]);
            if (!(deviation <= Allowed * scale))
            {
                throw new WrongResultException(string.Create(CultureInfo.InvariantCulture,
                    $"forward pass {way}: logit {i % weights.Shape.VocabularySize} of position {i / weights.Shape.VocabularySize} is {found[i]:G9}; with the scalar kernel {scalar[i]:G9}"));
            }
            largest = Math.Max(largest, deviation);
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"all logits of {Positions} positions {way}: allowed {Allowed:G3} of the largest logit {scale:G3}, found {(scale == 0 ? 0 : largest / scale):G3}");
    }
}
