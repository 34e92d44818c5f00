namespace BitNet.Perf.Bench.Host;

/// <summary>Where synthetic models and file digests are kept between runs: $BITNET_PERF_CACHE, else %LOCALAPPDATA%\bitnet-perf on Windows,
/// else $XDG_CACHE_HOME/bitnet-perf, else ~/.cache/bitnet-perf.</summary>
public static class CacheFolder
{
    public const string EnvironmentVariable = "BITNET_PERF_CACHE";
    private const string Name = "bitnet-perf";

    public static string Path => Of(Environment.GetEnvironmentVariable, OperatingSystem.IsWindows());

    internal static string Of(Func<string, string?> environment, bool windows)
    {
        if (environment(EnvironmentVariable) is { Length: > 0 } named)
            return System.IO.Path.GetFullPath(named);
        if (windows)
            return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);
        // The XDG specification has relative paths ignored.
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } xdg && System.IO.Path.IsPathRooted(xdg))
            return System.IO.Path.Combine(xdg, Name);
        var home = environment("HOME") is { Length: > 0 } set ? set : System.IO.Path.GetTempPath();
        return System.IO.Path.Combine(home, ".cache", Name);
    }
}
