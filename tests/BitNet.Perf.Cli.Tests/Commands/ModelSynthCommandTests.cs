using BitNet.Engine.Gguf;

namespace BitNet.Perf.Cli.Tests.Commands;

public sealed class ModelSynthCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_seed_writes_the_same_bytes_and_another_seed_others()
    {
        byte[] first = await Synth("a.gguf", "--seed", "7");
        Assert.Equal(first, await Synth("b.gguf", "--seed", "7"));
        Assert.NotEqual(first, await Synth("c.gguf", "--seed", "8"));
        Assert.Equal(["a.gguf", "b.gguf", "c.gguf"], _folder.Files);
    }

    [Fact]
    public async Task The_default_seed_is_1_and_the_file_says_its_name()
    {
        Assert.Equal(await Synth("a.gguf"), await Synth("b.gguf", "--seed", "1"));
        using GgufFile file = GgufFile.Open(_folder["a.gguf"]);
        Assert.Equal("synthetic-tiny-seed1", file.Metadata.GetString("general.name"));
    }

    [Fact]
    public async Task What_was_written_is_told_on_one_line_and_no_progress_is_drawn_when_piped()
    {
        CommandRun run = await CommandRun.Of("model", "synth", _folder["a.gguf"], "--shape", "tiny");
        Assert.Equal($"{_folder["a.gguf"]}: synthetic-tiny-seed1, 684.1 kB\n", run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("Option '--shape' is required.")]
    [InlineData("'huge' not recognized", "--shape", "huge")]
    [InlineData("Cannot parse argument 'x' for option '--seed'; expected a whole number, 0 or more.", "--shape", "tiny", "--seed", "x")]
    [InlineData("Cannot parse argument '-1' for option '--seed'; expected a whole number, 0 or more.", "--shape", "tiny", "--seed", "-1")]
    public async Task Wrong_options_are_64(string expected, params string[] options)
    {
        CommandRun run = await CommandRun.Of(["model", "synth", _folder["a.gguf"], .. options]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.ErrorLine);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_74()
    {
        CommandRun run = await CommandRun.Of("model", "synth", _folder["none/a.gguf"], "--shape", "tiny");
        Assert.Equal(ExitCode.StoreFailed, run.Code);
        Assert.Equal($"bitnet-perf model synth: {_folder["none/a.gguf"]}: cannot be written: there is no such folder; expected a name in one that is there", run.ErrorLine);
    }

    [Fact]
    public async Task A_folder_as_the_file_is_64_as_a_device_is()
    {
        CommandRun run = await CommandRun.Of("model", "synth", _folder.Path, "--shape", "tiny");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("is a folder", run.ErrorLine);
    }

    // Renaming over a device would replace it.
    [Fact]
    public async Task A_device_as_the_file_is_64()
    {
        CommandRun run = await CommandRun.Of("model", "synth", "/dev/null", "--shape", "tiny");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("is a device", run.ErrorLine);
    }

    [Fact]
    public async Task Cancelled_it_is_130_and_leaves_nothing()
    {
        CommandRun run = await CommandRun.Until(new CancellationToken(canceled: true), CommandTree.Commands, ["model", "synth", _folder["a.gguf"], "--shape", "tiny"]);
        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Empty(_folder.Files);
    }

    private async Task<byte[]> Synth(string name, params string[] options)
    {
        CommandRun run = await CommandRun.Of(["model", "synth", _folder[name], "--shape", "tiny", .. options]);
        Assert.Equal(ExitCode.Done, run.Code);
        return await File.ReadAllBytesAsync(_folder[name], TestContext.Current.CancellationToken);
    }
}
