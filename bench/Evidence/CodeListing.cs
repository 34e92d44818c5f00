using System.Globalization;
using System.Text.RegularExpressions;

namespace BitNet.Perf.Bench.Evidence;

/// <summary>What the JIT printed about the methods it compiled in a process (DOTNET_JitDisasm).</summary>
/// <param name="Methods">By name.</param>
/// <param name="Broken">Methods whose listing cannot be used, with the reason.</param>
internal sealed partial record CodeListing(IReadOnlyDictionary<string, ListedMethod> Methods, IReadOnlyDictionary<string, string> Broken)
{
    private const string Begin = "; Assembly listing for method ";
    private const string End = "; Total bytes of code ";
    private const string Platform = "; Emitting ";

    public static CodeListing Parse(TextReader text)
    {
        var methods = new Dictionary<string, ListedMethod>(StringComparer.Ordinal);
        var broken = new Dictionary<string, string>(StringComparer.Ordinal);
        Reading? reading = null;
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith(Begin, StringComparison.Ordinal))
            {
                var next = new Reading(line);
                // Two threads compiled at the same time and wrote into each other's text.
                if (reading is not null)
                    broken[reading.Name] = broken[next.Name] = "two listings are mixed";
                reading = next;
            }
            else if (line.StartsWith(End, StringComparison.Ordinal) && reading is not null)
            {
                Take(reading, line[End.Length..], methods, broken);
                reading = null;
            }
            else
            {
                reading?.Read(line);
            }
        }
        if (reading is not null)
            broken[reading.Name] = "its listing has no end";
        foreach (var name in broken.Keys)
            methods.Remove(name);
        return new CodeListing(methods, broken);
    }

    private static void Take(Reading reading, string bytes, Dictionary<string, ListedMethod> methods, Dictionary<string, string> broken)
    {
        var digits = bytes.TakeWhile(char.IsAsciiDigit).Count();
        var isCut = !int.TryParse(bytes.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var size);
        var method = reading.Method(size);
        if (!reading.IsX64)
            broken[method.Name] = "it is not code of x64, which alone is read here";
        else if (method.Tier != "FullOpts")
            broken[method.Name] = $"it was compiled as {method.Tier}";
        else if (isCut || !reading.IsWhole)
            broken[method.Name] = "two listings are mixed";
        else if (methods.TryGetValue(method.Name, out var other) && CodeDigest.Of(other) != CodeDigest.Of(method))
            broken[method.Name] = "it was compiled twice, differently";
        else
            methods[method.Name] = method;
    }

    /// <summary>A listing that is being read.</summary>
    private sealed class Reading
    {
        private readonly List<ListedInstruction> _instructions = [];
        private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
        private readonly List<string> _tableLabels = [];
        private readonly List<string> _lines = [];
        private readonly string _tier;
        private bool _frameOfRbp;
        private int _lastLabel;

        public Reading(string line)
        {
            var tier = line.LastIndexOf(" (", StringComparison.Ordinal);
            Name = tier < Begin.Length ? line[Begin.Length..] : line[Begin.Length..tier];
            _tier = tier < Begin.Length ? "" : line[(tier + 2)..].TrimEnd(')');
        }

        public string Name { get; }

        public bool IsX64 { get; private set; }

        /// <summary>Labels of one method ascend.</summary>
        public bool IsWhole { get; private set; } = true;

        public void Read(string line)
        {
            if (line.StartsWith(Platform, StringComparison.Ordinal))
                IsX64 = line.Contains("generic X64", StringComparison.Ordinal);
            else if (line.StartsWith("; rbp based frame", StringComparison.Ordinal))
                _frameOfRbp = true;
            else if (!line.StartsWith(';') && LabelPrefix().Replace(line, "IG").Trim() is { Length: > 0 } text)
                Add(line, text);
        }

        private void Add(string line, string text)
        {
            if (Label().Match(text) is { Success: true } label)
            {
                var number = int.Parse(label.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
                IsWhole &= number == _lastLabel + 1;
                _lastLabel = number;
                _labels["IG" + label.Groups[1].Value] = _instructions.Count;
                _lines.Add(text[..label.Length]);
                return;
            }
            // Constants begin at the left, and go on behind a tab.
            var isData = !line.StartsWith(' ');
            var comment = text.IndexOf(';');
            _lines.Add(comment < 0 ? text : text[..comment].TrimEnd());
            if (isData)
            {
                _tableLabels.AddRange(LabelName().Matches(text).Select(match => match.Value));
            }
            else if (!text.StartsWith("align", StringComparison.Ordinal) && !ListedInstruction.IsPrefix(text))
            {
                var instruction = ListedInstruction.Parse(text);
                // A line without an instruction, or a call without a name, was cut by another thread's text.
                var isCut = instruction.Mnemonic.Length == 0 || (instruction.IsCall && instruction.Operands.Count == 0);
                IsWhole &= !isCut;
                if (!isCut)
                    _instructions.Add(instruction);
            }
        }

        public ListedMethod Method(int bytes) => new()
        {
            Name = Name,
            Tier = _tier,
            Bytes = bytes,
            Instructions = _instructions,
            Labels = _labels,
            TableLabels = _tableLabels,
            Frame = _frameOfRbp ? ["rsp", "rbp"] : ["rsp"],
            Lines = _lines,
        };
    }

    [GeneratedRegex(@"G_M[0-9]+_IG")]
    private static partial Regex LabelPrefix();

    [GeneratedRegex(@"\AIG([0-9]+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"IG[0-9]+")]
    private static partial Regex LabelName();
}
