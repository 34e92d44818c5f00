using System.CommandLine;
using BitNet.Engine.Gguf;
using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>model inspect</c>: what a GGUF file holds, of whatever architecture.</summary>
internal static class ModelInspectCommand
{
    public static PerfCommand Create()
    {
        Argument<string> path = ModelOptions.File();
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand(
            "inspect",
            "Lists the metadata and tensors of a GGUF file.",
            "bitnet-perf model inspect tiny.gguf",
            "bitnet-perf model inspect tiny.gguf --json")
        {
            path, json,
        };
        return command.Does(context =>
        {
            using GgufFile file = GgufFile.Open(context.Value(path));
            if (context.Value(json)) WriteJson(context.Out, file);
            else WriteText(context.Out, file);
            return ExitCode.Done;
        });
    }

    private static void WriteText(TextWriter output, GgufFile file)
    {
        var inspection = GgufInspection.Of(file);
        output.WriteLine($"{file.Path}: GGUF version {file.Version}, {Sizes.Text(file.Length)} ({file.Length} bytes), data from byte {file.DataStart}");
        output.WriteLine();
        output.WriteLine($"metadata ({file.Metadata.Entries.Count})");
        int key = Widest(file.Metadata.Entries.Select(e => e.Key));
        int type = Widest(file.Metadata.Entries.Select(e => e.TypeName));
        foreach (GgufEntry entry in file.Metadata.Entries)
            output.WriteLine($"  {Printable.Line(entry.Key).PadRight(key)}  {entry.TypeName.PadRight(type)}  {file.Metadata.Abbreviate(entry)}");
        output.WriteLine();
        output.WriteLine($"tensors ({file.Tensors.Count}, {inspection.Parameters} parameters)");
        int name = Widest(file.Tensors.Select(t => t.Name));
        int shape = Widest(file.Tensors.Select(t => t.Shape));
        foreach (GgufTensor tensor in file.Tensors)
            output.WriteLine($"  {Printable.Line(tensor.Name).PadRight(name)}  {tensor.Type,-5} {tensor.Shape.PadRight(shape)} {tensor.Bytes,12} bytes at {tensor.Offset}");
        output.WriteLine();
        foreach (GgufInspection.TypeTotal total in inspection.Types)
            output.WriteLine($"  {total.Type,-5} {total.Tensors,4} tensors  {Sizes.Text(total.Bytes)}");
        foreach (GgufInspection.Gap gap in inspection.Gaps)
            output.WriteLine($"  {gap.Bytes} bytes from byte {gap.Offset} on belong to no tensor");
    }

    private static void WriteJson(TextWriter output, GgufFile file) => WriteJson(output, file, GgufInspection.Of(file));

    private static void WriteJson(TextWriter output, GgufFile file, GgufInspection inspection) => JsonOutput.Write(output, new
    {
        file = Path.GetFileName(file.Path),
        bytes = file.Length,
        version = file.Version,
        alignment = file.Alignment,
        dataStart = file.DataStart,
        parameters = inspection.Parameters,
        metadata = file.Metadata.Entries.Select(e => new { key = e.Key, type = e.TypeName, count = e.Count, value = file.Metadata.Abbreviate(e) }),
        tensors = file.Tensors.Select(t => new { name = t.Name, type = t.Type.ToString(), dimensions = t.Dimensions, offset = t.Offset, bytes = t.Bytes }),
        gaps = inspection.Gaps.Select(g => new { offset = g.Offset, bytes = g.Bytes }),
    });

    private static int Widest(IEnumerable<string> texts) => texts.Select(t => t.Length).DefaultIfEmpty(0).Max();
}
