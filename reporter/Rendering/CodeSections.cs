using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <param name="Summary">"SIMD verified in 11 of 12".</param>
public sealed record CodeSection(string Summary, IReadOnlyList<CodeRow> Rows);

/// <param name="Text">"SIMD verified: …", or why not.</param>
/// <param name="Method">With the loop that the text speaks of, short; null without.</param>
/// <param name="Size">"16 methods, 4.2 kB"; null without a listing.</param>
public sealed record CodeRow(string Id, string Text, string? Method, string? Size);

/// <summary>From a receipt to the lines on its machine code: measured kernels and the probes whose code was listed.</summary>
internal static class CodeSections
{
    /// <summary>Null for a receipt that says nothing of machine code.</summary>
    public static CodeSection? Of(Receipt receipt)
    {
        if (receipt.Methods is null && receipt.Warnings.All(warning => warning.Code != WarningCodes.EvidenceMissing)) return null;
        Dictionary<string, MethodCode> methods = (receipt.Methods ?? []).ToDictionary(method => method.Name, StringComparer.Ordinal);
        int verified = 0;
        var rows = new List<CodeRow>();
        foreach (WorkloadRecord workload in receipt.Workloads)
        {
            if (workload.MachineCode is { } code)
            {
                string text = CodeText.Of(workload, code, methods, out bool isVerified);
                verified += isVerified ? 1 : 0;
                rows.Add(new CodeRow(workload.Id, text, code.HotMethod is { } hot ? Short(hot) : null, Size(code, methods)));
            }
            else if (Missing(receipt, workload) is { } reason)
            {
                rows.Add(new CodeRow(workload.Id, $"not verified: {reason}", null, null));
            }
        }
        return new CodeSection(FormattableString.Invariant($"SIMD verified in {verified} of {rows.Count}"), rows);
    }

    private static string? Missing(Receipt receipt, WorkloadRecord workload) => receipt.Warnings
        .FirstOrDefault(warning => warning.Code == WarningCodes.EvidenceMissing
            && (warning.Subject == workload.Id || (warning.Subject is null && workload.Id.StartsWith("kernel/", StringComparison.Ordinal))))?.Message;

    private static string Size(MachineCode code, Dictionary<string, MethodCode> methods) =>
        $"{Figures.Count(code.Methods.Count, "method", "methods")}, {Figures.Values([code.Methods.Sum(name => methods[name].Bytes)], "B", null)[0]}";

    /// <summary>"Avx512Tile:Tile" of a name with namespace and parameters.</summary>
    private static string Short(string method)
    {
        string name = method.Split('(')[0].Split('[')[0];
        int colon = name.IndexOf(':');
        return colon < 0 ? name : name[(name.LastIndexOf('.', colon) + 1)..];
    }
}
