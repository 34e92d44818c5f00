namespace BitNet.Perf.Bench.Evidence;

/// <summary>One instruction as the JIT prints it.</summary>
/// <param name="Mnemonic">Without a prefix such as lock.</param>
/// <param name="Operands">Each trimmed; what is called is one operand.</param>
/// <param name="Note">The comment behind it, which names what a call through a register calls; empty where there is none.</param>
internal sealed record ListedInstruction(string Mnemonic, IReadOnlyList<string> Operands, string Note)
{
    private static readonly string[] Prefixes = ["lock", "rep", "repe", "repne"];

    public bool IsCall => Mnemonic is "call" or "tail.jmp";

    /// <summary>Jumps within the method.</summary>
    public bool IsBranch => Mnemonic[0] == 'j';

    /// <summary>What comes after it is reached by jumps only.</summary>
    public bool EndsFlow => Mnemonic is "jmp" or "ret" or "tail.jmp" or "int3" or "ud2";

    /// <summary>Label it jumps to; null where it is none or goes through a table.</summary>
    public string? Target => IsBranch && Operands is [var operand] && operand[(operand.LastIndexOf(' ') + 1)..] is var label && label.StartsWith("IG", StringComparison.Ordinal) ? label : null;

    /// <summary>A prefix may stand on a line of its own, before its instruction.</summary>
    public static bool IsPrefix(string line) => Prefixes.Contains(line);

    /// <param name="line">Trimmed, labels already short.</param>
    public static ListedInstruction Parse(string line)
    {
        var comment = line.IndexOf(';');
        var note = comment < 0 ? "" : line[(comment + 1)..].Trim();
        var text = comment < 0 ? line : line[..comment].TrimEnd();
        var (mnemonic, rest) = Split(text);
        if (Prefixes.Contains(mnemonic))
            (mnemonic, rest) = Split(rest);
        // Names of methods have commas of their own.
        IReadOnlyList<string> operands = rest.Length == 0 ? [] : mnemonic is "call" or "tail.jmp" ? [rest] : rest.Split(',', StringSplitOptions.TrimEntries);
        return new ListedInstruction(mnemonic, operands, note);
    }

    private static (string First, string Behind) Split(string text)
    {
        var space = text.IndexOf(' ');
        return space < 0 ? (text, "") : (text[..space], text[space..].Trim());
    }
}
