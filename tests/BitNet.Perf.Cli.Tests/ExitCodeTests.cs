namespace BitNet.Perf.Cli.Tests;

public class ExitCodeTests
{
    // CI jobs branch on these numbers.
    [Fact]
    public void Exit_codes_never_change()
    {
        var frozen = new Dictionary<string, int>
        {
            ["Done"] = 0,
            ["Regressed"] = 1,
            ["Undecided"] = 2,
            ["Incomparable"] = 3,
            ["VerificationFailed"] = 4,
            ["WrongResult"] = 5,
            ["Usage"] = 64,
            ["BadInput"] = 65,
            ["Defect"] = 70,
            ["StoreFailed"] = 74,
            ["Interrupted"] = 130,
        };
        Assert.Equal(frozen, Enum.GetValues<ExitCode>().ToDictionary(c => c.ToString(), c => (int)c));
    }
}
