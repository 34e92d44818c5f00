using System.Diagnostics;

namespace BitNet.Perf.Cli.Tests.Processes;

/// <summary>The scripts of ci/ call what they say, and end as the program ended. The program is a stand-in that notes how it was called.</summary>
public sealed class CiScriptTests : IDisposable
{
    private const string StandIn = """
        #!/bin/sh
        echo "$@" >>calls
        case $1 in ab) mkdir -p out/head; : >out/head/receipt.json ;; gate) mkdir -p out; : >out/receipt.json ;; esac
        case $1 in report) exit 0 ;; *) exit "$CODE" ;; esac
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(130)]
    public async Task Nightly_and_gate_end_with_the_programs_exit_code(int code)
    {
        foreach (string script in new[] { "nightly.sh", "gate.sh" })
        {
            foreach (string? reference in new[] { null, "HEAD~1" })
                Assert.Equal(code, (await RunAsync(script, code, ("BASE_REF", reference))).Code);
        }
    }

    [Fact]
    public async Task Nightly_compares_with_the_stored_baseline_or_measures_two_revisions_in_turn()
    {
        Assert.Equal(["run --baseline auto --fail-on regressed --out out"], (await RunAsync("nightly.sh", 0)).Calls);
        Assert.Equal(["ab --base-ref v1 --head-ref HEAD --out out"], (await RunAsync("nightly.sh", 0, ("BASE_REF", "v1"))).Calls);
    }

    [Fact]
    public async Task A_gate_that_fails_leaves_comment_and_junit_all_the_same()
    {
        (int _, string[] calls, string told) = await RunAsync("gate.sh", 1, ("BASE_REF", "v1"), ("HEAD_REF", "."));
        Assert.Equal(
            [
                "ab --base-ref v1 --head-ref . --out out",
                "report out/head/receipt.json --baseline out/base/receipt.json --template comment --out out/comment.md",
                "report out/head/receipt.json --baseline out/base/receipt.json --format junit --out out/junit.xml",
            ], calls);
        Assert.Contains("ab --base-ref v1 --head-ref . --out out", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_needs_a_reason_and_passes_it_with_the_terms()
    {
        (int code, string[] calls, _) = await RunAsync("publish-baseline.sh", 0);
        Assert.Equal(64, code);
        Assert.Empty(calls);
        (code, calls, _) = await RunAsync("publish-baseline.sh", 0, ("REASON", "why"), ("ACCEPT_LOSS", "known"));
        Assert.Equal(0, code);
        Assert.Equal("run --baseline none --out out", calls[0]);
        Assert.Equal("baseline publish out --reason why --accept-loss known", calls[^1]);
    }

    private async Task<(int Code, string[] Calls, string Told)> RunAsync(string script, int code, params (string Name, string? Value)[] variables)
    {
        string program = Path.Combine(_folder.Path, "program"), calls = Path.Combine(_folder.Path, "calls");
        File.WriteAllText(program, StandIn.ReplaceLineEndings("\n"));
        File.Delete(calls);
        var start = new ProcessStartInfo("bash", [Path.Combine(RepositoryRoot.Find(), "ci", script)]) { WorkingDirectory = _folder.Path, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("BITNET_PERF", StringComparison.Ordinal) || name is "BASE_REF" or "HEAD_REF" or "REASON").ToList())
            start.Environment.Remove(name);
        foreach ((string name, string? value) in variables.Where(variable => variable.Value is not null).Concat([("BITNET_PERF", $"sh {program}"), ("CODE", $"{code}"), ("OUT", "out")]))
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string told = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, File.Exists(calls) ? File.ReadAllLines(calls) : [], told);
    }
}
