using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BitNet.Perf.Cli.Display;

namespace BitNet.Perf.Cli;

/// <summary>From arguments to an exit code: parse, run, and turn whatever goes wrong into one line on stderr.</summary>
public static partial class CommandRunner
{
    /// <summary>Runs on the process's console. The first Ctrl+C or SIGTERM cancels the command, which then keeps what it has; a second one kills.</summary>
    public static async Task<ExitCode> RunAsProcessAsync(IReadOnlyList<string> arguments)
    {
        using var cancellation = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !cancellation.IsCancellationRequested;
            if (!signal.Cancel && !Console.IsErrorRedirected && Terminal.ColorWanted(name => name == "NO_COLOR" ? null : Environment.GetEnvironmentVariable(name)))
                Console.Error.Write("\u001b[?25h"); // a progress bar hides the cursor, and is not there any more to show it again
            cancellation.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(CommandTree.Create(CommandTree.Commands), arguments, Console.Out, Console.Error, cancellation.Token);
    }

    /// <summary>Runs in process: results to <paramref name="output"/>, progress and the one line of a failure to <paramref name="error"/>.</summary>
    public static async Task<ExitCode> RunAsync(
        RootCommand root, IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default,
        Surroundings? surroundings = null)
    {
        // "@name" is text (a prompt may begin with it), not a response file.
        ParseResult parse = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string command = FullName(parse.CommandResult.Command);
        try
        {
            if (parse.Action is ParseErrorAction)
                throw CommandFailure.Usage($"{ErrorText(parse)} (try: {command} --help)");
            var configuration = new PerfInvocation(surroundings ?? Surroundings.OfProcess)
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            var code = (ExitCode)await parse.InvokeAsync(configuration, cancellation);
            await output.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (Exception exception)
        {
            (ExitCode code, string line) = FailureMapping.Describe(exception);
            string message = $"{command}: {line}";
            await error.WriteLineAsync(Terminal.UnicodeShown((surroundings ?? Surroundings.OfProcess).Variable) ? message : AsciiText.Of(message));
            return code;
        }
    }

    /// <summary>An unknown word also leaves its group without a command; the word is what the user must hear about.</summary>
    private static string ErrorText(ParseResult parse)
    {
        string[] messages = [.. parse.Errors.Select(e => WithoutTypes(FailureMapping.OneLine(e.Message))).Distinct()];
        string[] specific = [.. messages.Where(m => m != "Required command was not provided.")];
        return string.Join(' ', specific.Length > 0 ? specific : messages);
    }

    /// <summary>The parser names the type it expects as .NET does; people expect a kind of value.</summary>
    private static string WithoutTypes(string message) => ExpectedType().Replace(message, match => "; expected " + match.Groups[1].Value switch
    {
        var type when type.Contains("UInt", StringComparison.Ordinal) => "a whole number, 0 or more.",
        var type when type.Contains("Int", StringComparison.Ordinal) => "a whole number.",
        var type when type.Contains("Single", StringComparison.Ordinal) || type.Contains("Double", StringComparison.Ordinal) => "a number.",
        _ => "another kind of value.",
    });

    [GeneratedRegex(@" as expected type '([^']*)'\.?")]
    private static partial Regex ExpectedType();

    private static string FullName(Command command)
    {
        var names = new List<string>();
        for (Symbol? symbol = command; symbol is Command { } current and not RootCommand; symbol = current.Parents.FirstOrDefault())
            names.Insert(0, current.Name);
        names.Insert(0, "bitnet-perf");
        return string.Join(' ', names);
    }
}
