using System.CommandLine;
using BitNet.Engine.Gguf;
using BitNet.Engine.Model;
using BitNet.Perf.Cli.Models;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>model synth</c>: a model with the real one's layout and random weights.</summary>
internal static class ModelSynthCommand
{
    public static PerfCommand Create()
    {
        var path = new Argument<string>("OUT") { Description = "The GGUF file to write; an older one is replaced." };
        var shape = new Option<string>("--shape") { Description = "tiny (under 1 MB), small (about 10 MB) or 2b (1.19 GB, as the real file).", Required = true };
        shape.AcceptOnlyFromAmong([.. SyntheticShape.All.Select(s => s.Name)]);
        var seed = new Option<ulong>("--seed") { Description = "Same seed, same bytes, on every machine.", DefaultValueFactory = _ => 1 };
        var command = new PerfCommand(
            "synth",
            "Writes a synthetic model: names, order, types and metadata of the real file, random weights.",
            "bitnet-perf model synth tiny.gguf --shape tiny",
            "bitnet-perf model synth 2b.gguf --shape 2b --seed 7")
        {
            path, shape, seed,
        };
        return command.Does(context => Write(context, context.Value(path), SyntheticShape.Parse(context.Value(shape)!), context.Value(seed)));
    }

    private static ExitCode Write(CommandContext context, string path, SyntheticShape shape, ulong seed)
    {
        if (AtomicFile.IsDevice(path)) throw CommandFailure.Usage($"{path}: is a device; expected the name of a file to write");
        if (Directory.Exists(path)) throw CommandFailure.Usage($"{path}: is a folder; expected the name of a file to write");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new CommandFailure(ExitCode.StoreFailed, $"{path}: cannot be written: there is no such folder; expected a name in one that is there");
        try
        {
            using var line = new ProgressLine(context.Error, context.Terminal.ErrorIsTerminal, $"writing {Path.GetFileName(path)}");
            SyntheticModel.Write(path, shape, seed, new Progress(line), context.Cancellation);
        }
        catch (GgufException e)
        {
            throw new CommandFailure(ExitCode.StoreFailed, e.Message, e);
        }
        context.Out.WriteLine($"{path}: {SyntheticModel.NameOf(shape, seed)}, {Sizes.Text(new FileInfo(path).Length)}");
        return ExitCode.Done;
    }

    /// <summary>Reports at once, on the writing thread; <see cref="Progress{T}"/> would draw after the end.</summary>
    private sealed class Progress(ProgressLine line) : IProgress<SyntheticProgress>
    {
        public void Report(SyntheticProgress value) =>
            line.Report(value.BytesWritten, value.TotalBytes, $"{Sizes.Text(value.BytesWritten)} of {Sizes.Text(value.TotalBytes)}");
    }
}
