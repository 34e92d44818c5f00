using BitNet.Engine.Model;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>From before a fresh process of this program starts until its first token after a prompt has arrived. The file is in the page cache.</summary>
/// <param name="arguments">Of the process.</param>
/// <param name="limit">For one process.</param>
/// <param name="transformer">Of this process, to check against; made when first asked for.</param>
/// <param name="prompt">The ids that the process evaluates.</param>
public sealed class StartWorkload(
    IReadOnlyList<string> arguments, TimeSpan limit, Func<Transformer> transformer, Func<Transformer, int[]> prompt, Func<ForwardCheck> check) : Workload
{
    private FirstTokenProcess? _process;
    private int? _first;
    private Receipts.Schema.GenerationInput? _input;

    /// <summary>Starting a process allocates here; what the start itself allocates is in the other one.</summary>
    public override bool CountsAllocations => false;

    /// <summary>Known once checked, since the model is opened for that only.</summary>
    public override Receipts.Schema.GenerationInput? Input => _input;

    public override void Run()
    {
        Settle();
        _process = new FirstTokenProcess(arguments, limit);
        var token = _process.Read();
        if (_first is { } before && before != token)
            throw new WrongResultException($"start: the first token is {token}; the process before gave {before}");
        _first = token;
    }

    public override void Settle()
    {
        using var process = _process;
        _process = null;
        process?.Finish();
    }

    /// <summary>Over the id, which every process so far gave.</summary>
    public override string Digest()
    {
        if (_first is null)
            Run();
        Settle();
        return ResultDigest.Of<int>([_first!.Value]);
    }

    /// <summary>The same id as from all logits in this process, whose forward pass is held against the scalar kernel's.</summary>
    public override Receipts.Schema.ResultCheck Check()
    {
        var digest = Digest();
        using var here = transformer();
        var ids = prompt(here);
        _input = EndToEndInput.Prompt(ids, 1);
        using var state = new RunState(here.Weights.Shape, ids.Length);
        var logits = here.Forward(state, ids);
        var expected = new Sampler(SamplerSettings.Greedy, logits.Length).Sample(logits);
        if (_first != expected)
            throw new WrongResultException($"start: the first token is {_first}; from all logits {expected}");
        return check().AsPrompt(here, digest);
    }

    public override void Dispose()
    {
        _process?.Dispose();
        base.Dispose();
    }
}
