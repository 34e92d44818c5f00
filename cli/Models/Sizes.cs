namespace BitNet.Perf.Cli.Models;

/// <summary>Sizes in words: decimal units, as file sizes are given.</summary>
public static class Sizes
{
    public static string Text(long bytes) => bytes switch
    {
        >= 1_000_000_000 => $"{bytes / 1e9:0.00} GB",
        >= 1_000_000 => $"{bytes / 1e6:0.0} MB",
        >= 1_000 => $"{bytes / 1e3:0.0} kB",
        _ => $"{bytes} B",
    };
}
