namespace BitNet.Perf.Cli.Tests.Architecture;

public class ArchitectureTests
{
    private static readonly string Root = RepositoryRoot.Find();

    public static TheoryData<string> Folders => [.. ArchitectureRules.Roots.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_project_references_only_what_the_design_allows(string folder)
    {
        string project = Assert.Single(Directory.GetFiles(Path.Combine(Root, folder), "*.csproj"));
        Assert.Empty(ArchitectureRules.ProjectComplaints(folder, File.ReadAllText(project)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_source_file_names_only_namespaces_the_design_allows(string folder)
    {
        string[] sources =
        [
            .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
                .Where(path => !path.Split('/').Any(part => part is "bin" or "obj")),
        ];
        Assert.NotEmpty(sources);
        Assert.Empty(sources.SelectMany(path => ArchitectureRules.SourceComplaints(path, File.ReadAllText(Path.Combine(Root, path)))));
    }

    [Fact]
    public void A_change_counts_as_one_of_the_build_in_every_folder_that_is_built()
    {
        string target = File.ReadAllText(Path.Combine(Root, "bench", "BitNet.Perf.Bench.csproj"));
        string paths = target[target.IndexOf("status --porcelain -- ", StringComparison.Ordinal)..].Split('\n')[0];
        Assert.All([.. ArchitectureRules.Roots.Keys, "templates", "*.props", "global.json"], path => Assert.Contains(path, paths, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("engine", "<Project><ItemGroup><ProjectReference Include=\"../receipts/R.csproj\" /></ItemGroup></Project>")]
    [InlineData("reporter", "<Project><ItemGroup><ProjectReference Include=\"..\\engine\\E.csproj\" /></ItemGroup></Project>")]
    [InlineData("bench", "<Project><ItemGroup><PackageReference Include=\"Scriban.Signed\" /></ItemGroup></Project>")]
    public void A_forbidden_reference_is_found(string folder, string project) =>
        Assert.Single(ArchitectureRules.ProjectComplaints(folder, project));

    [Theory]
    [InlineData("engine/Kernels/A.cs", "using BitNet.Engine.Model;\nnamespace BitNet.Engine.Kernels;")]
    [InlineData("engine/Model/A.cs", "namespace BitNet.Engine.Model; class A { long T => Stopwatch.GetTimestamp(); }")]
    [InlineData("engine/Model/A.cs", "namespace BitNet.Engine.Modell;")]
    [InlineData("reporter/Statistics/A.cs", "using BitNet.Perf.Reporter.Rendering;\nnamespace BitNet.Perf.Reporter.Statistics;")]
    [InlineData("reporter/Statistics/A.cs", "namespace BitNet.Perf.Reporter.Statistics; class A { string B => File.ReadAllText(\"x\"); }")]
    [InlineData("reporter/Comparison/A.cs", "namespace BitNet.Perf.Reporter.Comparison; class A { BitNet.Perf.Bench.Host.X B; }")]
    [InlineData("receipts/Schema/A.cs", "using BitNet.Perf.Receipts.Verification;\nnamespace BitNet.Perf.Receipts.Schema;")]
    public void A_forbidden_edge_is_found(string path, string source) =>
        Assert.Single(ArchitectureRules.SourceComplaints(path, source));
}
