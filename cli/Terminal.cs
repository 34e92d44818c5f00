using System.CommandLine;

namespace BitNet.Perf.Cli;

/// <summary>What the two output streams can show. Piped output gets no colour and no progress (cli.md); NO_COLOR is honoured (no-color.org).</summary>
/// <param name="OutputIsTerminal">Somebody reads stdout as it comes.</param>
/// <param name="ErrorIsTerminal">Progress may be drawn on stderr.</param>
/// <param name="Color">Escape sequences are welcome on stdout.</param>
/// <param name="Width">Columns of stdout; 80 when unknown.</param>
public sealed record Terminal(bool OutputIsTerminal, bool ErrorIsTerminal, bool Color, int Width)
{
    public static readonly Terminal None = new(false, false, false, 80);

    /// <summary>The process's own terminal when the writers are the console's; none when they were replaced (tests).</summary>
    public static Terminal Of(InvocationConfiguration configuration)
    {
        bool output = ReferenceEquals(configuration.Output, Console.Out) && !Console.IsOutputRedirected;
        bool error = ReferenceEquals(configuration.Error, Console.Error) && !Console.IsErrorRedirected;
        return new Terminal(output, error, output && ColorWanted(Environment.GetEnvironmentVariable), output ? ConsoleWidth() : 80);
    }

    /// <summary>False when NO_COLOR is set to anything but the empty string, or TERM is "dumb".</summary>
    public static bool ColorWanted(Func<string, string?> variable) =>
        string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";

    private static int ConsoleWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
