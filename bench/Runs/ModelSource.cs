using BitNet.Engine.Gguf;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>The model of a run as a file on this machine.</summary>
/// <param name="Warning">Set where another model than asked for was taken.</param>
public sealed record ModelSource(string Path, ReceiptWarning? Warning)
{
    private const string Prefix = "synthetic:";
    private const ulong Seed = 1;

    // Beyond the file itself: page cache and buffers of the run, and room to leave on the disk.
    private const long SpareMemory = 1L << 30, SpareDisk = 256L << 20;

    /// <summary>Resolves a file's path or "synthetic:SHAPE"; a synthetic model is made once and kept in the cache folder.</summary>
    /// <param name="progress">Told while a model is being made.</param>
    /// <exception cref="RunRefusedException">There is no such file or shape.</exception>
    /// <exception cref="IOException">A synthetic model cannot be written: the disk is full, or its folder takes no files.</exception>
    public static ModelSource Resolve(string model, HostDescription host, string cache, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (!model.StartsWith(Prefix, StringComparison.Ordinal))
            return new ModelSource(Existing(model), null);
        var shape = ParseShape(model);
        var folder = System.IO.Path.Combine(cache, "models");
        var path = FileOf(folder, shape);
        if (IsWhole(path, shape))
            return new ModelSource(path, null);
        if (shape == SyntheticShape.Full2B && Shortage(shape, host, folder) is { } shortage)
        {
            var small = Resolve(Prefix + SyntheticShape.Small.Name, host, cache, progress, cancellationToken);
            return small with { Warning = new ReceiptWarning("small-model-substituted", null, $"{shortage}: synthetic:small was measured instead of {model}") };
        }
        Directory.CreateDirectory(folder);
        var bytes = SyntheticModel.Header(shape, Seed).DataBytes;
        progress.Report(new RunProgress(RunStage.MakingModel, $"{path} ({bytes / 1e6:F0} MB)", 0, null));
        try
        {
            SyntheticModel.Write(path, shape, Seed, new Relay(progress, path), cancellationToken);
        }
        catch (GgufException e)
        {
            // Nothing that was put in is wrong: what fails is the disk.
            throw new IOException(e.Message, e);
        }
        return new ModelSource(path, null);
    }

    /// <summary>Dimensions without making or hashing anything, for a list or a dry run.</summary>
    /// <exception cref="RunRefusedException">There is no such file or shape.</exception>
    public static ModelShape ShapeOf(string model)
    {
        if (!model.StartsWith(Prefix, StringComparison.Ordinal))
            return WorkerResources.ReadShape(Existing(model));
        var shape = ParseShape(model);
        return new ModelShape(
            "bitnet-b1.58", SyntheticModel.NameOf(shape, Seed), shape.VocabularySize, shape.ContextLength, shape.EmbeddingLength, shape.BlockCount,
            shape.FeedForwardLength, shape.HeadCount, shape.KeyValueHeadCount, shape.HeadSize, shape.HeadSize, 500_000f, 1e-5f);
    }

    private static string Existing(string path) => File.Exists(path)
        ? path
        : throw new RunRefusedException(Missing(path));

    /// <summary>Why a path is no model's: it names a folder, or nothing.</summary>
    /// <param name="shown">As messages name it; null for the path itself.</param>
    public static string Missing(string path, string? shown = null) =>
        $"{shown ?? path}: {(Directory.Exists(path) ? "is a folder" : "no such file")}; expected a GGUF file or synthetic:2b, synthetic:small, synthetic:tiny";

    private static SyntheticShape ParseShape(string model)
    {
        try
        {
            return SyntheticShape.Parse(model[Prefix.Length..]);
        }
        catch (ArgumentException e)
        {
            throw new RunRefusedException(e.Message);
        }
    }

    private static string FileOf(string folder, SyntheticShape shape) => System.IO.Path.Combine(folder, SyntheticModel.NameOf(shape, Seed) + ".gguf");

    private static bool IsWhole(string path, SyntheticShape shape) => File.Exists(path) && new FileInfo(path).Length > SyntheticModel.Header(shape, Seed).DataBytes;

    /// <summary>One clause; null when there is enough of everything.</summary>
    internal static string? Shortage(SyntheticShape shape, HostDescription host, string folder)
    {
        var bytes = SyntheticModel.Header(shape, Seed).DataBytes;
        if (host.MemoryBytes is { } memory && memory < bytes + SpareMemory)
            return $"{memory >> 20} MiB of memory are too few for a model of {bytes >> 20} MiB";
        return FreeDisk(folder) is { } free && free < bytes + SpareDisk ? $"{free >> 20} MiB of free disk are too few for a model of {bytes >> 20} MiB" : null;
    }

    private static long? FreeDisk(string folder)
    {
        try
        {
            var existing = new DirectoryInfo(folder);
            while (!existing.Exists && existing.Parent is { } parent)
                existing = parent;
            return new DriveInfo(existing.FullName).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private sealed class Relay(IRunProgress progress, string path) : IProgress<SyntheticProgress>
    {
        public void Report(SyntheticProgress value) =>
            progress.Report(new RunProgress(RunStage.MakingModel, path, (double)value.BytesWritten / value.TotalBytes, null));
    }
}
