namespace BitNet.Engine.Model;

/// <summary>Where a token's time goes; the parts from <see cref="AttentionProjection"/> to <see cref="FeedForwardDown"/> lie
/// within <see cref="Forward"/>.</summary>
public enum EnginePhase
{
    Embed,
    Forward,

    /// <summary>Norm, quantisation and the query, key and value products.</summary>
    AttentionProjection,

    /// <summary>Rotary embedding and the store to the key/value cache.</summary>
    Rope,
    Attention,

    /// <summary>Sub-norm, quantisation and the output product.</summary>
    AttentionOutput,

    /// <summary>Norm, quantisation, the gate and up products and the squared ReLU.</summary>
    FeedForwardGateUp,

    /// <summary>Sub-norm, quantisation and the down product.</summary>
    FeedForwardDown,

    /// <summary>Last norm and the head.</summary>
    Logits,

    /// <summary>Choice of the next id; reported by the caller of <see cref="Sampler"/>.</summary>
    Sample,
}

/// <summary>Is told when a phase begins and ends. As a struct type argument it is compiled into the forward pass, so
/// <see cref="NoPhaseObserver"/> costs nothing. The engine has no clock of its own.</summary>
public interface IPhaseObserver
{
    void Begin(EnginePhase phase);
    void End(EnginePhase phase);
}

/// <summary>Observes nothing.</summary>
public struct NoPhaseObserver : IPhaseObserver
{
    public readonly void Begin(EnginePhase phase) { }
    public readonly void End(EnginePhase phase) { }
}
