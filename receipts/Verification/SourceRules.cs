using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Figures of others say whose they are; those of other engines also that nobody checked them.</summary>
internal static class SourceRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        bool external = receipt.Origin == ReceiptOrigin.External;
        foreach (string code in external ? new[] { WarningCodes.External, WarningCodes.Unverified } : [])
        {
            if (receipt.Warnings.All(warning => warning.Code != code))
                yield return new("source", "$.warnings", $"figures of another engine; expected a warning {code}");
        }
        if (receipt.Source is not FigureSource source)
        {
            if (external)
                yield return new("source", "$.source", "left out; figures of another engine must say where they are published");
            yield break;
        }
        if (receipt.Origin == ReceiptOrigin.Measured)
            yield return new("source", "$.source", "this program measured the figures itself; expected none");
        if (!Forms.IsText(source.Harness))
            yield return new("source", "$.source.harness", "expected one line that names what measured");
        if (source.Citation is null ? external : !Forms.IsText(source.Citation))
            yield return new("source", "$.source.citation", "expected one line that says where the figures are published");
        foreach ((string name, string value) in source.Facts)
        {
            if (!Forms.IsText(name) || !Forms.IsText(value))
                yield return new("source", "$.source.facts", $"\"{name}\"; expected a name and one line of text");
        }
    }
}
