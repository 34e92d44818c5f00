using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public sealed class ManyWorkloadsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Answers_stand_in_the_order_of_the_workloads_however_many_there_are(int count)
    {
        int[] workloads = [.. Enumerable.Range(0, count).Select(i => 7 * i)];

        Assert.Equal(workloads.Select((workload, i) => workload + i), ManyWorkloads.Each(workloads, (workload, i) => workload + i));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void A_fault_comes_out_as_it_was_thrown(int count)
    {
        int[] workloads = [.. Enumerable.Range(0, count)];

        ComparisonInputException thrown = Assert.Throws<ComparisonInputException>(() => ManyWorkloads.Each(
            workloads, (workload, _) => workload == 2 ? throw new ComparisonInputException(ComparisonInputFault.ImpossibleValue, "two") : workload));

        Assert.Equal("two", thrown.Message);
    }
}
