using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The folder that results will go to, made before anything is measured.</summary>
internal static class ResultsFolder
{
    /// <exception cref="CommandFailure">It cannot be made.</exception>
    public static NewFolder Make(CommandContext context, string folder)
    {
        try
        {
            return NewFolder.Make(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.StoreFailed, $"{context.Surroundings.Shown(folder)}: cannot be made: {e.Message}", e);
        }
    }
}
