namespace BitNet.Perf.Cli;

/// <summary>How to call this program here, for commands that people copy.</summary>
public static class ProgramName
{
    private const string Project = "cli";

    /// <summary>"bitnet-perf", or from a clone's root that was built there: "dotnet run -c Release --project cli --".</summary>
    public static string In(Surroundings surroundings) =>
        AppContext.BaseDirectory.StartsWith(Path.Combine(surroundings.Folder, Project, "bin") + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? $"dotnet run -c Release --project {Project} --"
            : "bitnet-perf";

    /// <summary>An argument as a POSIX shell takes it.</summary>
    public static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:+@%,=".Contains(c)) ? argument : $"'{argument.Replace("'", "'\\''")}'";
}
