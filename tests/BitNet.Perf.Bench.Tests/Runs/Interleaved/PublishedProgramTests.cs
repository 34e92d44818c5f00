using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

public sealed class PublishedProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_executable_is_started_itself()
    {
        var name = OperatingSystem.IsWindows() ? "bitnet-perf.exe" : "bitnet-perf";
        File.WriteAllText(_folder[name], "");
        File.WriteAllText(_folder["bitnet-perf.dll"], "");
        var command = PublishedProgram.In(_folder.Path);
        Assert.Equal(_folder[name], command.File);
        Assert.Equal([WorkerProtocol.Command], command.Arguments);
    }

    [Fact]
    public void Without_one_the_assembly_is_started_by_dotnet()
    {
        File.WriteAllText(_folder["bitnet-perf.dll"], "");
        var command = PublishedProgram.In(_folder.Path);
        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(command.File));
        Assert.Equal([_folder["bitnet-perf.dll"], WorkerProtocol.Command], command.Arguments);
    }

    [Fact]
    public void A_folder_without_either_says_what_was_expected()
    {
        var e = Assert.Throws<NoProgramException>(() => PublishedProgram.In(_folder.Path));
        Assert.Equal($"{_folder.Path}: no bitnet-perf and no bitnet-perf.dll in it; expected a published bitnet-perf (dotnet publish -c Release cli -o {_folder.Path})", e.Message);
        Assert.Contains("no such folder", Assert.Throws<NoProgramException>(() => PublishedProgram.In(_folder["none"])).Message, StringComparison.Ordinal);
    }
}
