using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace BitNet.Perf.Simulations.Speed;

/// <summary>Whole processes of bitnet-perf, from their start to their end: seconds and the most memory they held.</summary>
internal static class ProgramSpeed
{
    private const int Repeats = 3;

    public static void Write(string program, string baseline, string candidate)
    {
        string[][] commands =
        [
            ["compare", baseline, candidate], ["compare", baseline, candidate, "--json"], ["compare", baseline, candidate, "--paired"],
            ["compare", baseline, candidate, "--paired", "--json"], ["report", candidate, "--baseline", baseline],
        ];
        foreach (string[] command in commands)
        {
            string name = string.Join(' ', command.Where(word => word != baseline && word != candidate));
            for (int i = 0; i < Repeats; i++) Console.Out.WriteLine(Once(program, command, name));
        }
    }

    private static string Once(string program, string[] arguments, string name)
    {
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Task<long> most = Task.Run(() => MostMemory(process));
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return string.Create(CultureInfo.InvariantCulture,
            $"{StageClock.Line(name, clock.Elapsed)}  {most.Result / 1e6,5:0} MB  exit code {process.ExitCode}");
    }

    // The system keeps the peak itself, as long as the process lives.
    private static long MostMemory(Process process)
    {
        long most = 0;
        try
        {
            while (!process.WaitForExit(10))
            {
                process.Refresh();
                most = Math.Max(most, process.PeakWorkingSet64);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended between the two questions.
        }
        return most;
    }
}
