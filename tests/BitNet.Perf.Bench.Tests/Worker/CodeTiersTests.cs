using System.Runtime.CompilerServices;
using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Tests.Worker;

public class CodeTiersTests
{
    // The test process runs with the runtime's defaults, so a method that has not run yet is compiled at tier 0.
    [Fact]
    public async Task A_method_compiled_at_a_lower_tier_is_named()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") == "0", "needs a process with tiered compilation, the runtime's default");
        using var tiers = new CodeTiers();
        // Once: called again and again it would reach tier 1.
        Assert.Equal(3, NeverRunBefore.Add(1, 2));
        // Events arrive some 100 ms later, more on a busy machine.
        for (var i = 0; i < 300 && !Found(tiers); i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        var method = tiers.Lower.Single(m => m.Key.EndsWith("NeverRunBefore.Add", StringComparison.Ordinal));
        Assert.Contains("tier 0", method.Value, StringComparison.Ordinal);
        Assert.True(tiers.Seen > 0);
    }

    private static bool Found(CodeTiers tiers) => tiers.Lower.Keys.Any(k => k.EndsWith("NeverRunBefore.Add", StringComparison.Ordinal));

    private static class NeverRunBefore
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Add(int a, int b) => a + b;
    }
}
