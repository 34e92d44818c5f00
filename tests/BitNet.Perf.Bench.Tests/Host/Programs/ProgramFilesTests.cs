using System.Security.Cryptography;
using System.Text.Json;
using BitNet.Perf.Bench.Host.Programs;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Host.Programs;

public class ProgramFilesTests
{
    private static string Engine => typeof(Engine.Kernels.KernelCatalog).Assembly.Location;

    [Fact]
    public void This_process_s_program_is_described_from_its_own_files()
    {
        var binary = ProgramFiles.Binary!;
        var file = Environment.ProcessPath!;
        Assert.Equal((new FileInfo(file).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))), (binary.Bytes, binary.Sha256));
        Assert.EndsWith(Path.GetFileName(file), binary.Path, StringComparison.Ordinal);
        Assert.False(Path.IsPathRooted(binary.Path));
        var engine = binary.Assemblies.Single(assembly => assembly.File == "BitNet.Engine.dll");
        Assert.Equal((new FileInfo(Engine).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Engine))), false), (engine.Bytes, engine.Sha256, engine.ReadyToRun));
        Assert.Equal(Deployment.FrameworkDependent, binary.Deployment);
        if (OperatingSystem.IsLinux())
            Assert.Equal(("elf", 64), (binary.Format, binary.Bits));
    }

    [Fact]
    public void Ready_to_run_code_is_found_in_the_header_of_an_assembly()
    {
        // The runtime's own library has it, the engine has none.
        var described = ProgramFiles.Describe(Environment.ProcessPath, [typeof(object).Assembly.Location, Engine])!;
        Assert.Equal([true, false], described.Assemblies.Select(assembly => assembly.ReadyToRun));
    }

    [Fact]
    public void Without_a_file_nothing_is_described()
    {
        Assert.Null(ProgramFiles.Describe(null, []));
        Assert.Null(ProgramFiles.Describe(Path.Combine(AppContext.BaseDirectory, "no-such-program"), []));
    }

    [Fact]
    public void Outside_a_checkout_only_the_name_is_told() =>
        Assert.Equal("program", ProgramFiles.BelowCheckout(Path.Combine(Path.GetPathRoot(AppContext.BaseDirectory)!, "program")));

    [Fact]
    public void The_compiler_is_the_one_that_the_symbols_of_the_engine_name()
    {
        var compiler = CompilerSymbols.Read(Engine)!;
        Assert.Equal(("C#", BitNet.Perf.Bench.Host.BuildProbe.Describe(new Dictionary<string, string>()).Configuration.ToLowerInvariant()), (compiler.Language, compiler.Optimization));
        Assert.Matches(@"^\d+\.\d+\.\d+", compiler.Version);
    }

    [Fact]
    public void Without_symbols_of_that_very_assembly_the_compiler_is_not_known()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var copy = Path.Combine(folder.FullName, "BitNet.Engine.dll");
            File.Copy(Engine, copy);
            Assert.Null(CompilerSymbols.Read(copy));
            // Symbols of another assembly under the right name.
            File.Copy(Path.ChangeExtension(typeof(ProgramFiles).Assembly.Location, ".pdb"), Path.ChangeExtension(copy, ".pdb"));
            Assert.Null(CompilerSymbols.Read(copy));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        Assert.Null(CompilerSymbols.Read(null));
    }
}

public class BuildRecordTests
{
    [Theory]
    [InlineData("/usr/share/dotnet/sdk/10.0.401/dotnet.dll build -c Release cli", "dotnet build -c Release cli")]
    [InlineData("/usr/share/dotnet/sdk/10.0.401/dotnet.dll publish -c Release -o /srv/out cli", "dotnet publish -c Release -o …/out cli")]
    [InlineData("/usr/share/dotnet/sdk/10.0.401/dotnet.dll run -c Release --project cli -- run --model /srv/a.gguf", "dotnet run -c Release --project cli")]
    [InlineData("\"C:\\Program Files\\dotnet\\sdk\\10.0.401\\dotnet.dll\" build", "dotnet build")]
    [InlineData("C:\\VS\\MSBuild.exe BitNet.Perf.sln -p:Configuration=Release", "dotnet msbuild BitNet.Perf.sln -p:Configuration=Release")]
    [InlineData("dotnet build \"-p:DefineConstants=A;B\"", "dotnet build \"-p:DefineConstants=A;B\"")]
    [InlineData("/usr/share/dotnet/sdk/10.0.401/MSBuild.dll /nologo /nodemode:1 /nodereuse:true", null)]
    [InlineData("/opt/ide/designer build", null)]
    public void The_command_is_as_a_user_types_it_without_folders_of_the_machine(string commandLine, string? expected) =>
        Assert.Equal(expected, BuildRecord.AsGiven(commandLine));

    private static BinaryDescription Binary(bool readyToRun = false) => new()
    {
        Path = "bitnet-perf",
        Bytes = 1,
        Sha256 = "",
        Deployment = Deployment.FrameworkDependent,
        Assemblies = [new("bitnet-perf.dll", 1, "ab01", readyToRun)],
        RuntimeOptions = new Dictionary<string, string>(),
    };

    private static BuildCommand? Read(string? digest, BinaryDescription binary, string command = "/usr/lib/dotnet.dll build -c Release cli", string? parent = null)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            if (digest is not null)
            {
                File.WriteAllText(Path.Combine(folder.FullName, BuildRecord.FileName), JsonSerializer.Serialize(new
                {
                    command,
                    parentCommand = parent is null ? "" : Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(parent)),
                    root = "/work/bitnet/",
                    configuration = "Release",
                    project = "cli/BitNet.Perf.Cli.csproj",
                    begunUtc = "2026-01-31T08:00:00.5Z",
                    endedUtc = "2026-01-31T08:00:22Z",
                    warningsAsErrors = true,
                    assemblies = new Dictionary<string, string> { ["bitnet-perf.dll"] = digest },
                }));
            }
            return BuildRecord.Read(folder.FullName, binary);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_record_of_these_assemblies_gives_command_start_and_duration() =>
        Assert.Equal(new BuildCommand("dotnet build -c Release cli", true, new DateTimeOffset(2026, 1, 31, 8, 0, 0, 500, TimeSpan.Zero), 21.5, true), Read("AB01", Binary()));

    [Fact]
    public void In_a_helping_process_an_equivalent_command_stands_for_the_one_it_does_not_know()
    {
        var command = Read("ab01", Binary(), "/usr/lib/MSBuild.dll /nodemode:1")!;
        Assert.Equal(("dotnet build -c Release cli/BitNet.Perf.Cli.csproj", false), (command.Text, command.Exact));
    }

    [Theory]
    [InlineData("/usr/lib/MSBuild.dll /nodemode:1 /nodeReuse:false", "dotnet\0build\0-c\0Release\0/work/bitnet/cli\0", "dotnet build -c Release cli", true)]
    [InlineData("/usr/lib/MSBuild.dll /nodemode:1 /nodeReuse:false", "dotnet\0build\0-p:A=b c\0", "dotnet build \"-p:A=b c\"", true)]
    [InlineData("/usr/lib/MSBuild.dll /nodemode:1 /nodeReuse:false", "/sbin/init\0", "dotnet build -c Release cli/BitNet.Perf.Cli.csproj", false)]
    [InlineData("/usr/lib/MSBuild.dll /nodemode:1 /nodeReuse:true", "dotnet\0run\0", "dotnet build -c Release cli/BitNet.Perf.Cli.csproj", false)]
    public void A_helping_process_of_one_build_only_is_known_by_the_one_that_started_it(string command, string parent, string expected, bool exact)
    {
        var read = Read("ab01", Binary(), command, parent)!;
        Assert.Equal((expected, exact), (read.Text, read.Exact));
    }

    [Fact]
    public void A_record_of_other_assemblies_or_none_tells_nothing()
    {
        Assert.Null(Read("ab02", Binary()));
        Assert.Null(Read(null, Binary()));
        // What was built has no machine code yet: the digest is of the assembly before.
        Assert.NotNull(Read("ab02", Binary(readyToRun: true)));
    }
}
