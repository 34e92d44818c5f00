using System.Security.Cryptography;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>The program that a command line starts, as far as the line itself names its file.</summary>
internal static class CommandProgram
{
    private static readonly char[] Ends = [' ', '\t', ';', '|', '&', '<', '>', '(', ')'];

    /// <returns>SHA-256 of the file, 64 lower-case hex digits; null where the first word is none: a name that the shell looks up, a variable, a built-in.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? Sha256(string line)
    {
        var word = FirstWord(line.TrimStart());
        if (!File.Exists(word))
            return null;
        using var file = File.OpenRead(word);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string FirstWord(string line)
    {
        if (line.Length > 0 && line[0] is '"' or '\'')
            return line[1..].Split(line[0])[0];
        var end = line.IndexOfAny(Ends);
        return end < 0 ? line : line[..end];
    }
}
