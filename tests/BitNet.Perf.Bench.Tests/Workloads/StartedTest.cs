using System.Globalization;
using BitNet.Perf.Bench.Workloads.EndToEnd;

namespace BitNet.Perf.Bench.Tests.Workloads;

/// <summary>This test program as the fresh process of a start workload, as bitnet-perf's hidden command is.</summary>
internal static class StartedTest
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            FirstToken.Run(arguments[0], arguments[1], Number(2), Number(3), Console.Out);
            return 0;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e.Message);
            return 65;
        }

        int Number(int index) => int.Parse(arguments[index], CultureInfo.InvariantCulture);
    }
}
