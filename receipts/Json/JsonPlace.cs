namespace BitNet.Perf.Receipts.Json;

/// <summary>A place in a document, spelled out as a JSON path only when a message needs it.</summary>
/// <param name="outer">The object or array it is in; null for the document itself.</param>
/// <param name="name">Member of an object, or "$"; null for an item of an array.</param>
internal sealed class JsonPlace(JsonPlace? outer, string? name)
{
    /// <summary>Of an item.</summary>
    public int Index { get; set; }

    public override string ToString() => outer is null ? name! : name is null ? FormattableString.Invariant($"{outer}[{Index}]") : $"{outer}.{name}";
}
