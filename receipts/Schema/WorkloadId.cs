using System.Globalization;
using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Schema;

/// <summary>A workload's stable name, taken apart. Grammar in docs/glossary.md:
/// <c>kernel/OP/FORMAT/ISA/SHAPE/bBATCH/cold|hot/tTHREADS</c>, <c>e2e/KIND/WEIGHTS[+HEAD]/SETTING/tTHREADS</c>, <c>probe/NAME/tTHREADS</c>.</summary>
public sealed partial record WorkloadId
{
    private WorkloadId(string text, WorkloadFamily family, string operation, int threads) =>
        (Text, Family, Operation, Threads) = (text, family, operation, threads);

    public string Text { get; }
    public WorkloadFamily Family { get; }

    /// <summary>gemv, gemm, head, norm, …; decode, prefill, ttft, start; read, control.</summary>
    public string Operation { get; }
    public int Threads { get; }

    /// <summary>Weight format: I2_S is "i2s"; end to end as written, e.g. "i2s+f16". Null for probes.</summary>
    public string? Format { get; private init; }

    /// <summary>scalar, vector128, avx2 or avx512; only kernels.</summary>
    public string? Isa { get; private init; }

    /// <summary>Rows and columns ("6912x2560"), a length ("2560") or a context ("ctx2048"); only kernels.</summary>
    public string? Shape { get; private init; }

    /// <summary>Vectors multiplied at once; only kernels.</summary>
    public int? Batch { get; private init; }

    /// <summary>Whether the weights came from memory (cold) or from the caches (hot); only kernels.</summary>
    public bool? Cold { get; private init; }

    /// <summary>tg32@ctx0, pp128, p16; only end to end.</summary>
    public string? Setting { get; private init; }

    /// <summary>Tokens of the setting: 32 of "tg32@ctx0"; null but end to end.</summary>
    public int? SettingTokens { get; private init; }

    /// <summary>Tokens before the first generated one: 512 of "tg32@ctx512", 0 where the setting names none.</summary>
    public int SettingContext => Setting?.IndexOf("@ctx", StringComparison.Ordinal) is int at and > 0
        && int.TryParse(Setting.AsSpan(at + 4), NumberStyles.None, CultureInfo.InvariantCulture, out int context) ? context : 0;

    /// <summary>The parts without threads: rows that differ in threads only stand together in a report.</summary>
    public string Group => Text[..Text.LastIndexOf('/')];

    /// <summary>Whether the logits come from a head whose weights were rounded.</summary>
    public bool IsLossy => Format?.Split('+')[^1] is "q8_0" or "q6_k";

    /// <summary>Whether a name, of the grammar or another harness's, is a probe's: it tells of the machine and is not judged.</summary>
    public static bool IsProbe(string name) => name.StartsWith("probe/", StringComparison.Ordinal);

    /// <summary>Whether a name is the control kernel's, which tells whether the host changed.</summary>
    public static bool IsControl(string name) => name.StartsWith("probe/control/", StringComparison.Ordinal);

    /// <exception cref="FormatException">Not of the grammar; the message says what was expected.</exception>
    public static WorkloadId Parse(string text) => TryParse(text, out WorkloadId? id)
        ? id
        : throw new FormatException(
            $"\"{text}\" is not a workload id; expected e.g. kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2, e2e/decode/i2s+f16/tg32@ctx0/t2 or probe/read/t2");

    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WorkloadId? id)
    {
        id = Kernel().Match(text) is { Success: true } kernel
            ? new WorkloadId(text, WorkloadFamily.Kernel, kernel.Groups["op"].Value, Number(kernel, "threads"))
            {
                Format = kernel.Groups["format"].Value,
                Isa = kernel.Groups["isa"].Value,
                Shape = kernel.Groups["shape"].Value,
                Batch = Number(kernel, "batch"),
                Cold = kernel.Groups["memory"].Value == "cold",
            }
            : EndToEnd().Match(text) is { Success: true } e2e
            ? new WorkloadId(text, WorkloadFamily.EndToEnd, e2e.Groups["op"].Value, Number(e2e, "threads"))
            {
                Format = e2e.Groups["format"].Value,
                Setting = e2e.Groups["setting"].Value,
                SettingTokens = Number(e2e, "tokens"),
            }
            : Probe().Match(text) is { Success: true } probe
            ? new WorkloadId(text, WorkloadFamily.Probe, probe.Groups["op"].Value, Number(probe, "threads"))
            : null;
        return id is not null;
    }

    public override string ToString() => Text;

    // The grammar allows no more digits than an int has room for.
    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private const string Word = "[a-z][a-z0-9_-]*";
    private const string ThreadsTail = "/t(?<threads>[1-9][0-9]{0,3})\\z";

    [GeneratedRegex(
        $"\\Akernel/(?<op>{Word})/(?<format>{Word})/(?<isa>scalar|vector128|avx2|avx512)/"
        + "(?<shape>[1-9][0-9]*(x[1-9][0-9]*)*(@ctx[0-9]+)?|ctx[0-9]+)/b(?<batch>[1-9][0-9]{0,3})/(?<memory>cold|hot)" + ThreadsTail,
        RegexOptions.CultureInvariant)]
    private static partial Regex Kernel();

    [GeneratedRegex($"\\Ae2e/(?<op>{Word})/(?<format>{Word}(\\+{Word})?)/(?<setting>[a-z]+(?<tokens>[1-9][0-9]{{0,5}})(@ctx[0-9]+)?){ThreadsTail}", RegexOptions.CultureInvariant)]
    private static partial Regex EndToEnd();

    [GeneratedRegex($"\\Aprobe/(?<op>{Word}){ThreadsTail}", RegexOptions.CultureInvariant)]
    private static partial Regex Probe();
}

public enum WorkloadFamily { Kernel, EndToEnd, Probe }
