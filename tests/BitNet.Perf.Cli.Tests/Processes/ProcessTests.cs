using System.Diagnostics;

namespace BitNet.Perf.Cli.Tests.Processes;

/// <summary>What only a real process shows: exit codes as the shell sees them, streams, signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exit_codes_and_streams_reach_the_caller()
    {
        (int code, string output, string error) = await Run("--version");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", output);
        (code, output, error) = await Run("nonsense");
        Assert.Equal((64, ""), (code, output));
        Assert.Equal("bitnet-perf: Unrecognized command or argument 'nonsense'. (try: bitnet-perf --help)\n", error);
        (code, output, error) = await Run("model", "inspect", _folder["none.gguf"]);
        Assert.Equal((65, ""), (code, output));
        Assert.StartsWith($"bitnet-perf model inspect: {_folder["none.gguf"]}: no such file", error);
        (code, output, error) = await Run("model", "eval", Fixture.TinyModel, "--tokens", "1", "--json");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("{\"generated\":[],\"positions\":[{\"top\":[{\"token\":", output);
    }

    [Fact]
    public async Task A_kernel_forced_by_the_environment_is_used_and_a_wrong_one_is_64()
    {
        (int code, string output, _) = await Run(["generate", Fixture.TinyModel, "--prompt", "x", "--max-tokens", "1", "--json"], ("BITNET_PERF_KERNEL", "i2s-scalar"));
        Assert.Equal(0, code);
        Assert.Contains("\"kernel\":\"i2s-scalar\"", output);
        (code, _, string error) = await Run(["generate", Fixture.TinyModel, "--prompt", "x"], ("BITNET_PERF_KERNEL", "i2s-none"));
        Assert.Equal(64, code);
        Assert.Contains("kernel 'i2s-none' does not exist", error);
    }

    [Fact]
    public async Task A_full_disk_behind_stdout_is_74()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("needs /dev/full");
        (int code, _, string error) = await Shell($"exec dotnet '{PerfProcess.Program}' model inspect '{Fixture.TinyModel}' > /dev/full");
        Assert.Equal(74, code);
        Assert.StartsWith("bitnet-perf model inspect: No space left on device", error);
    }

    [Fact]
    public async Task Interrupted_it_is_130_with_one_line_and_no_half_file()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs Unix signals");
        await CommandRun.Of("model", "synth", _folder["model.gguf"], "--shape", "small");
        using Process process = PerfProcess.Start(["model", "eval", _folder["model.gguf"], "--tokens", "1", "--generate", "4000", "--threads", "1", "--kernel", "i2s-scalar", "--logits", _folder["out.f32"]]);
        // The temporary file appears once the model is loaded; the evaluation itself, by the slowest kernel, takes many seconds.
        while (_folder.Files.Length < 2 && !process.HasExited) await Task.Delay(10, TestContext.Current.CancellationToken);
        await PerfProcess.Interrupt(process);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, "bitnet-perf model eval: interrupted\n"), (process.ExitCode, error));
        Assert.Equal(["model.gguf"], _folder.Files);
    }

    private static Task<(int Code, string Output, string Error)> Run(params string[] arguments) => Run(arguments, ("NO_COLOR", "1"));

    private static Task<(int Code, string Output, string Error)> Run(string[] arguments, (string Name, string Value) variable) =>
        PerfProcess.Finish(PerfProcess.Start(arguments, null, variable));

    private static Task<(int Code, string Output, string Error)> Shell(string command) =>
        PerfProcess.Finish(Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!);
}
