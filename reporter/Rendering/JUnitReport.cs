using System.Text;
using System.Xml;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>A comparison as JUnit XML, which CI systems show: one test case a workload. Regressed and undecided are failures of that
/// type, what could not be compared and wrong results are errors; undecided that was allowed is skipped.</summary>
public static class JUnitReport
{
    public static string Of(Receipt receipt, ComparisonResult? comparison)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("testsuite");
            Attribute(writer, "name", $"{receipt.Suite} {receipt.HostKey}");
            Attribute(writer, "timestamp", receipt.CreatedUtc.UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture));
            if (comparison is null) Measured(writer, receipt);
            else Compared(writer, comparison);
            writer.WriteEndElement();
        }
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    // Without a baseline nothing was judged: every case is skipped and says so, but for results that changed while they were timed.
    private static void Measured(XmlWriter writer, Receipt receipt)
    {
        Dictionary<string, string> wrong = receipt.Warnings.Where(warning => warning is { Code: WarningCodes.ResultDiffers, Subject: not null })
            .GroupBy(warning => warning.Subject!).ToDictionary(group => group.Key, group => group.First().Message);
        string[] ids = [.. receipt.Workloads.Select(w => w.Id).OrderBy(id => !wrong.ContainsKey(id))];
        int errors = ids.Count(wrong.ContainsKey);
        Counts(writer, ids.Length, 0, errors, ids.Length - errors);
        foreach (string id in ids)
        {
            Case(writer, id, wrong.TryGetValue(id, out string? message)
                ? ("error", "wrong-result", message)
                : ("skipped", null, "measured; there was no baseline to compare with"));
        }
    }

    private static void Compared(XmlWriter writer, ComparisonResult comparison)
    {
        (string Id, (string Element, string? Type, string Message)? Outcome, string Text)[] cases =
        [
            .. comparison.Workloads.Select(row => (row.Metric == ComparedMetric.Allocated ? $"{row.Id} allocated" : row.Id, Outcome(row, comparison), row.Reason)),
            .. comparison.Missing.Select(id => (id, ((string, string?, string)?)("error", "missing", "the baseline has it, the candidate should have measured it"), "")),
        ];
        Counts(writer, cases.Length, cases.Count(c => c.Outcome?.Element == "failure"), cases.Count(c => c.Outcome?.Element == "error"), cases.Count(c => c.Outcome?.Element == "skipped"));
        foreach (var (id, outcome, reason) in cases) Case(writer, id, outcome, reason);
    }

    private static (string, string?, string)? Outcome(WorkloadComparison row, ComparisonResult comparison) => row.Verdict switch
    {
        Verdict.Regressed when row.Accepted is null => ("failure", "regressed", row.Reason),
        Verdict.Incomparable => ("error", row.ResultMatch == false ? "wrong-result" : "incomparable", row.Reason),
        Verdict.Undecided when comparison.ExitCode == GateOutcome.Passed => ("skipped", null, row.Reason),
        Verdict.Undecided => ("failure", "undecided", row.Reason),
        _ => null,
    };

    private static void Case(XmlWriter writer, string id, (string Element, string? Type, string Message)? outcome, string? text = null)
    {
        int slash = id.LastIndexOf('/');
        writer.WriteStartElement("testcase");
        Attribute(writer, "classname", WorkloadNames.Group(id).Replace('/', '.'));
        Attribute(writer, "name", slash < 0 ? id : WorkloadNames.WithinGroup(id));
        if (outcome is { } o)
        {
            writer.WriteStartElement(o.Element);
            if (o.Type is not null) Attribute(writer, "type", o.Type);
            Attribute(writer, "message", o.Message);
            writer.WriteEndElement();
        }
        if (!string.IsNullOrEmpty(text)) writer.WriteElementString("system-out", Escaping.OneLine(text));
        writer.WriteEndElement();
    }

    private static void Counts(XmlWriter writer, int tests, int failures, int errors, int skipped)
    {
        foreach ((string name, int count) in new[] { ("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped) })
            Attribute(writer, name, FormattableString.Invariant($"{count}"));
    }

    private static void Attribute(XmlWriter writer, string name, string value) => writer.WriteAttributeString(name, Escaping.OneLine(value));
}
