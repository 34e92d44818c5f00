using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class MachinePathsTests
{
    [Theory]
    [InlineData("/var/tmp/a.gguf", "…/a.gguf")]
    [InlineData("could not read '/srv/models/a.gguf': denied", "could not read '…/a.gguf': denied")]
    [InlineData("DOTNET_JitStdOutFile=/tmp/jit.txt", "DOTNET_JitStdOutFile=…/jit.txt")]
    [InlineData("~/models/a.gguf", "…/a.gguf")]
    [InlineData("C:\\Users\\ada\\a.gguf", "…/a.gguf")]
    [InlineData("d:/models/a.gguf", "…/a.gguf")]
    [InlineData("\\\\server\\share\\a.gguf", "…/a.gguf")]
    [InlineData("file:///home/ada/a.gguf", "file://…/a.gguf")]
    [InlineData("x/home/ada/y", "x…/y")]
    [InlineData("at X() in /src/A.cs:line 3", "at X() in …/A.cs:line 3")]
    [InlineData("/usr/bin:/opt/bin", "…/bin:…/bin")]
    public void A_path_of_the_machine_is_found_and_can_be_left_out(string text, string redacted)
    {
        Assert.NotNull(MachinePaths.Find(text));
        Assert.Equal(redacted, MachinePaths.Redact(text));
        Assert.Null(MachinePaths.Find(redacted));
    }

    [Theory]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2")]
    [InlineData("kernel/**")]
    [InlineData("**/t2")]
    [InlineData("12.5 GB/s and 3 tok/s")]
    [InlineData("AMD Ryzen 7 7840U w/ Radeon 780M Graphics")]
    [InlineData("https://example.org/a/b")]
    [InlineData("read from /proc/stat, /sys/devices/system/cpu and /dev/cpu")]
    [InlineData("Debian GNU/Linux 12 (bookworm)")]
    [InlineData("6.1.0-18-amd64 #1 SMP 2026/01/31")]
    [InlineData("first N allowed processors")]
    [InlineData("launch/3")]
    [InlineData("a / b")]
    public void Other_text_with_slashes_is_left_alone(string text)
    {
        Assert.Null(MachinePaths.Find(text));
        Assert.Equal(text, MachinePaths.Redact(text));
    }
}
