using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Inputs;

/// <summary>Files as the user named them: opened relative to the working folder, named in messages as typed.</summary>
internal static class InputFile
{
    /// <param name="context">Gives the working folder.</param>
    /// <param name="path">As typed.</param>
    /// <param name="read">Reads the file at the absolute path.</param>
    public static T Read<T>(CommandContext context, string path, Func<string, T> read)
    {
        try
        {
            return read(context.Surroundings.Absolute(path));
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }
}
