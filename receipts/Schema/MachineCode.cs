using System.Text;

namespace BitNet.Perf.Receipts.Schema;

/// <summary>The code that a workload's operation runs through, by methods of <see cref="Receipt.Methods"/>.</summary>
public sealed record MachineCode
{
    /// <summary>Names: the operation first, then what it calls, in the order in which the code calls it.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>The method with the hottest loop; null where none has a loop.</summary>
    public string? HotMethod { get; init; }

    /// <summary>"sha256:…" over the methods' digests in that order.</summary>
    public required string Digest { get; init; }

    /// <param name="methods">In the order of the calls.</param>
    public static MachineCode Of(IReadOnlyList<MethodCode> methods) => new()
    {
        Methods = [.. methods.Select(method => method.Name)],
        HotMethod = Hottest(methods)?.Name,
        Digest = DigestOf(methods),
    };

    /// <summary>Of the hottest loop; the first where several are alike, null where there is none.</summary>
    public static MethodCode? Hottest(IEnumerable<MethodCode> methods)
    {
        MethodCode? hottest = null;
        foreach (MethodCode method in methods)
        {
            if (method.HotLoop is { } loop && (hottest is null || loop.IsHotterThan(hottest.HotLoop!))) hottest = method;
        }
        return hottest;
    }

    /// <summary>Names are left out: renaming a method changes no code.</summary>
    public static string DigestOf(IEnumerable<MethodCode> methods) =>
        ReceiptDigest.Of(Encoding.UTF8.GetBytes(string.Join('\n', methods.Select(method => method.Digest))));
}
