using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>The acknowledged regressions, in one file beside the stored baselines. It is written by <c>baseline accept</c>, may be edited by hand, and has
/// no digest: it holds decisions, no figures.</summary>
/// <param name="folder">Of the stored baselines.</param>
public sealed class AcceptanceStore(string folder)
{
    public const string FileName = "acceptances.json";

    public string FilePath { get; } = System.IO.Path.Combine(folder, FileName);

    /// <summary>In the order of the file; none when there is no file.</summary>
    /// <exception cref="ReceiptException">Unreadable, of a newer schema, or <see cref="ReceiptFault.Malformed"/>: no such document, or a member that cannot be.</exception>
    public IReadOnlyList<Acceptance> Read() => File.Exists(FilePath) ? Read(FilePath) : [];

    /// <summary>Adds one, or puts it in place of the one of the same pattern and host.</summary>
    /// <returns>The one it took the place of; null when there was none.</returns>
    /// <exception cref="ReceiptException">What <see cref="Read()"/> throws, <see cref="ReceiptFault.Refused"/> for one that cannot be, or <see cref="ReceiptFault.WriteFailed"/>.</exception>
    public Acceptance? Add(Acceptance acceptance)
    {
        if (Fault(acceptance) is { } fault)
            throw new ReceiptException(ReceiptFault.Refused, null, fault.Member, fault.What, fault.Expected);
        IReadOnlyList<Acceptance> before = Read();
        Acceptance? replaced = before.FirstOrDefault(other => Scope(other) == Scope(acceptance));
        Acceptance[] after = [.. before.Where(other => other != replaced).Append(acceptance)
            .OrderBy(other => other.Workloads, StringComparer.Ordinal).ThenBy(other => other.HostKey, StringComparer.Ordinal)];
        AtomicFile.Write(FilePath, IndentedJson.Serialize(StrictJson.ToElement(new AcceptanceList(AcceptanceList.CurrentSchema, after))));
        return replaced;
    }

    private static IReadOnlyList<Acceptance> Read(string path)
    {
        byte[] content = AtomicFile.Read(path);
        try
        {
            using JsonDocument document = StrictJson.Parse(content);
            SchemaName.Require(document.RootElement, AcceptanceList.CurrentSchema);
            IReadOnlyList<Acceptance> list = StrictJson.Deserialize<AcceptanceList>(content, document.RootElement).Acceptances;
            HashSet<(string, string?)> seen = [];
            for (int i = 0; i < list.Count; i++)
            {
                string place = FormattableString.Invariant($"$.acceptances[{i}]");
                if (Fault(list[i]) is { } fault)
                    throw new ReceiptException(ReceiptFault.Malformed, null, $"{place}.{fault.Member}", fault.What, fault.Expected);
                if (!seen.Add(Scope(list[i])))
                    throw new ReceiptException(ReceiptFault.Malformed, null, place, $"{list[i].Workloads} is accepted twice", "each pattern and host key once");
            }
            return list;
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }

    private static (string, string?) Scope(Acceptance acceptance) => (acceptance.Workloads, acceptance.HostKey);

    private static (string Member, string What, string Expected)? Fault(Acceptance acceptance)
    {
        if (acceptance.Workloads.Length == 0 || acceptance.Workloads.Any(char.IsWhiteSpace))
            return ("workloads", $"\"{acceptance.Workloads}\"", "a pattern of workloads, e.g. kernel/gemv/**");
        if (!Forms.IsText(acceptance.Reason))
            return ("reason", $"\"{acceptance.Reason}\"", "one line that says why the regression is accepted");
        if (MachinePaths.Find(acceptance.Reason) is { } path)
            return ("reason", $"holds a path of the machine: {path}", "a reason that means the same everywhere");
        if (!double.IsFinite(acceptance.Max) || acceptance.Max <= 0)
            return ("max", FormattableString.Invariant($"{acceptance.Max}"), "a share above 0: 0.05 is 5 %");
        if (acceptance.HostKey is { } key && !HostKey.IsWellFormed(key))
            return ("hostKey", $"\"{key}\"", "a host key, or null");
        return null;
    }
}
