using System.CommandLine;

namespace BitNet.Perf.Cli;

/// <summary>What the two output streams can show. Piped output gets no colour and no progress (cli.md); NO_COLOR is honoured (no-color.org).</summary>
/// <param name="OutputIsTerminal">Somebody reads stdout as it comes.</param>
/// <param name="ErrorIsTerminal">Progress may be drawn on stderr.</param>
/// <param name="Color">Escape sequences are welcome on stdout.</param>
/// <param name="Width">Columns of stdout; 80 when unknown.</param>
/// <param name="Unicode">Symbols outside ASCII can be shown; the locale says so or says nothing.</param>
public sealed record Terminal(bool OutputIsTerminal, bool ErrorIsTerminal, bool Color, int Width, bool Unicode)
{
    public static readonly Terminal None = new(false, false, false, 80, true);

    /// <summary>The process's own terminal when the writers are the console's; none when they were replaced (tests).</summary>
    public static Terminal Of(InvocationConfiguration configuration)
    {
        bool output = ReferenceEquals(configuration.Output, Console.Out) && !Console.IsOutputRedirected;
        bool error = ReferenceEquals(configuration.Error, Console.Error) && !Console.IsErrorRedirected;
        Func<string, string?> variable = ((configuration as PerfInvocation)?.Surroundings ?? Surroundings.OfProcess).Variable;
        return new Terminal(output, error, output && ColorWanted(variable), output ? ConsoleWidth() : 80, UnicodeShown(variable));
    }

    /// <summary>Whether symbols outside ASCII can be shown. Windows takes UTF-8 whatever the locale.</summary>
    public static bool UnicodeShown(Func<string, string?> variable) => OperatingSystem.IsWindows() || UnicodeWanted(variable);

    /// <summary>False when the locale names a character set other than UTF-8, or is "C" or "POSIX"; the first of LC_ALL, LC_CTYPE, LANG that is set counts (POSIX, 8.2).</summary>
    public static bool UnicodeWanted(Func<string, string?> variable)
    {
        string? locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        if (locale is null)
            return true;
        string charset = locale.Split('@')[0] is var name && name.Contains('.') ? name[(name.IndexOf('.') + 1)..] : "";
        return charset.Length == 0 ? locale is not ("C" or "POSIX") : charset.Replace("-", "").Equals("utf8", StringComparison.OrdinalIgnoreCase);
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
