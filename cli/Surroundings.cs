namespace BitNet.Perf.Cli;

/// <summary>What a command finds around it; tests give their own, so that they can run beside each other.</summary>
/// <param name="Variable">Looks an environment variable up; null when it is not set.</param>
/// <param name="Folder">The working folder: relative paths start here, and configuration is read here.</param>
public sealed record Surroundings(Func<string, string?> Variable, string Folder)
{
    public static Surroundings OfProcess { get; } = new(Environment.GetEnvironmentVariable, Environment.CurrentDirectory);

    /// <summary>A path as the user typed it, made absolute.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A path as the user typed it where that opens the file, so that messages name it so; else absolute.</summary>
    public string Openable(string path) => Folder == Environment.CurrentDirectory ? path : Absolute(path);

    /// <summary>A path as one would type it here: relative, unless it lies outside the working folder.</summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(Folder, Absolute(path));
        return relative.StartsWith("..", StringComparison.Ordinal) ? Absolute(path) : relative;
    }
}
