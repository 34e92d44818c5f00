using System.Diagnostics;
using BitNet.Perf.Simulations.Suites;

namespace BitNet.Perf.Simulations;

/// <summary>The long form: every chosen scenario, one line of the table each.</summary>
internal static class SimulationCommand
{
    private const int Held = 0;
    private const int Contradicted = 1;
    private const int Usage = 64;

    /// <returns>0 when every bound is kept, 1 when one is not, 64 for wrong usage.</returns>
    public static int Run(IReadOnlyList<string> words)
    {
        (SimulationArguments? arguments, string? fault) = SimulationArguments.Parse(words);
        if (arguments is null) return Refuse(fault!);
        IReadOnlyList<Scenario> scenarios = Scenarios.Matching(arguments.Patterns);
        if (scenarios.Count == 0) return Refuse($"--scenario {string.Join(' ', arguments.Patterns)}: no scenario has such a name; --list shows them");

        bool held = true;
        Console.Out.Write(OutcomeTable.Head(arguments.Form));
        foreach (Scenario scenario in scenarios)
        {
            var clock = Stopwatch.StartNew();
            SuiteTally tally = SuiteTally.Of(scenario.Name, scenario.Suite, arguments.Suites, arguments.Seed, arguments.Threads,
                Console.IsErrorRedirected ? null : done => ShowProgress(scenario.Name, done, arguments.Suites));
            if (!Console.IsErrorRedirected) Console.Error.Write("\r\e[K");
            Console.Out.Write(OutcomeTable.Line(arguments.Form, scenario, tally, clock.Elapsed));
            held &= scenario.Holds(tally);
        }
        return held ? Held : Contradicted;
    }

    public static int List()
    {
        foreach (Scenario scenario in Scenarios.All) Console.Out.WriteLine(scenario.Name);
        return Held;
    }

    private static void ShowProgress(string scenario, int done, int suites)
    {
        if (done % Math.Max(1, suites / 100) == 0) Console.Error.Write($"\r{scenario}: {100L * done / suites} %\e[K");
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return Usage;
    }
}
