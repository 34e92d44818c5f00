namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>Model files that cannot be used, with every command that takes one: 65 and one line that names the file.</summary>
public sealed class ModelFileTests : IDisposable
{
    private static readonly string[][] Commands =
    [
        ["model", "inspect"],
        ["model", "verify"],
        ["model", "eval", "--tokens", "1"],
        ["generate", "--prompt", "x"],
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_missing_file_is_65() => Refused(_folder["none.gguf"], "no such file");

    [Fact]
    public Task A_folder_is_65() => Refused(_folder.Path, "is a directory");

    [Fact]
    public Task An_empty_file_is_65() => Refused(_folder.Altered(Fixture.TinyModel, _ => { }, length: 0), "the file is empty");

    [Fact]
    public Task Another_kind_of_file_is_65() => Refused(_folder.Altered(Fixture.TinyModel, b => b[0] = (byte)'Z'), "not a GGUF file");

    [Fact]
    public Task A_truncated_file_is_65() => Refused(_folder.Altered(Fixture.TinyModel, _ => { }, length: 100_000), "altered-tiny-seed1.gguf");

    // The last 32 bytes of the packed rows before a tensor's trailer: code 3 everywhere.
    [Fact]
    public async Task Ternary_code_3_is_65_where_weights_are_used()
    {
        string path = _folder.Altered(Fixture.TinyModel, b => b[OffsetOf("blk.1.ffn_up.weight") + 5] = 0xFF);
        foreach (string[] command in Commands.Skip(1))
        {
            CommandRun run = await Run(command, path);
            Assert.Equal(ExitCode.BadInput, run.Code);
            Assert.Contains("blk.1.ffn_up.weight has code 3", run.ErrorLine);
        }
    }

    [Fact]
    public async Task A_norm_that_is_not_finite_is_65_where_weights_are_used()
    {
        string path = _folder.Altered(Fixture.TinyModel, b => BitConverter.TryWriteBytes(b.AsSpan((int)OffsetOf("output_norm.weight"), 4), float.NaN));
        foreach (string[] command in Commands.Skip(1))
        {
            CommandRun run = await Run(command, path);
            Assert.Equal(ExitCode.BadInput, run.Code);
            Assert.Contains("output_norm.weight", run.ErrorLine);
        }
    }

    // Permissions would not stop an administrator; a link to itself stops everybody.
    [Fact]
    public Task A_file_that_cannot_be_read_is_65()
    {
        File.CreateSymbolicLink(_folder["loop.gguf"], _folder["loop.gguf"]);
        return Refused(_folder["loop.gguf"], "the file cannot be mapped");
    }

    private static async Task Refused(string path, string expected)
    {
        foreach (string[] command in Commands)
        {
            CommandRun run = await Run(command, path);
            Assert.Equal(ExitCode.BadInput, run.Code);
            Assert.Equal("", run.Output);
            Assert.Contains(path, run.ErrorLine);
            Assert.Contains(expected, run.ErrorLine);
        }
    }

    private static Task<CommandRun> Run(string[] command, string path) => CommandRun.Of([.. command, path]);

    private static long OffsetOf(string tensor)
    {
        using var file = Engine.Gguf.GgufFile.Open(Fixture.TinyModel);
        return file.Tensor(tensor).Offset;
    }
}
