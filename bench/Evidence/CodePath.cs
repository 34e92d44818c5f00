using System.Text.RegularExpressions;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Evidence;

/// <summary>Where a workload's operation begins, and which classes can stand behind calls that name a base class only. The worker that runs it says so.</summary>
/// <param name="Entry">The operation's method as the JIT writes it.</param>
/// <param name="Overrides">Classes of the objects that the workload holds, as the JIT writes them.</param>
/// <param name="NeverCalls">Beginnings of names of methods that the code names and the workload never calls.</param>
public sealed partial record CodePath(string Entry, IReadOnlyList<string> Overrides, IReadOnlyList<string> NeverCalls)
{
    /// <summary>What is listed of our own; the rest is the runtime's.</summary>
    private const string Own = "BitNet.";

    internal static CodePath Of(Workload workload) => new(
        $"{workload.GetType().GetMethod(nameof(Workload.Run))!.DeclaringType!.FullName}:{nameof(Workload.Run)}():this",
        [.. HeldTypes.Of(workload).Select(type => type.FullName!)],
        workload.NeverCalls);

    /// <summary>The operation and every listed method that its code calls, in the order of the calls. A method that never ran was never compiled and is
    /// not among them.</summary>
    internal IReadOnlyList<string> Walk(CodeListing listing)
    {
        var found = new List<string> { Entry };
        for (var next = 0; next < found.Count; next++)
        {
            if (!listing.Methods.TryGetValue(found[next], out var method))
                continue;
            foreach (var called in method.Instructions.Where(i => i.IsCall).SelectMany(call => Called(call, listing)))
            {
                if (!found.Contains(called))
                    found.Add(called);
            }
        }
        return found;
    }

    private IEnumerable<string> Called(ListedInstruction call, CodeListing listing)
    {
        var operand = call.Operands[0];
        var through = ThroughRegister().Match(operand);
        if (!through.Success)
        {
            var name = operand.StartsWith('[') ? operand[1..^1] : call.Note.StartsWith(Own, StringComparison.Ordinal) ? call.Note : operand;
            return IsListed(name, listing) ? [name] : [];
        }
        var of = through.Groups[1].Value;
        var colon = of.IndexOf(':');
        if (colon < 0 || !of.StartsWith(Own, StringComparison.Ordinal) || NeverCalls.Any(name => of.StartsWith(name, StringComparison.Ordinal)))
            return [];
        List<string> overriding = [.. Overrides.Select(type => type + of[colon..]).Where(name => IsListed(name, listing))];
        return overriding.Count > 0 ? overriding : IsListed(of, listing) ? [of] : [];
    }

    private static bool IsListed(string name, CodeListing listing) =>
        name.StartsWith(Own, StringComparison.Ordinal) && (listing.Methods.ContainsKey(name) || listing.Broken.ContainsKey(name));

    /// <summary>"[rax+0x20]Class:Method(…)".</summary>
    [GeneratedRegex(@"\A\[r[a-z0-9]+(?:[+-][0-9A-Fa-fx]+)?\](.*)\z")]
    private static partial Regex ThroughRegister();
}
