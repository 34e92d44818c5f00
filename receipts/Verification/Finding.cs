namespace BitNet.Perf.Receipts.Verification;

/// <summary>One thing in a receipt that cannot be as it says.</summary>
/// <param name="Code">Stable kebab-case name of the rule; docs/receipt-format.md lists them.</param>
/// <param name="Path">JSON path of the value, e.g. $.workloads[2].launches[0].values[4].</param>
/// <param name="Message">One line: what is there and what was expected.</param>
public sealed record Finding(string Code, string Path, string Message)
{
    public const string Digest = "digest";

    public override string ToString() => $"{Path}: {Message} [{Code}]";
}
