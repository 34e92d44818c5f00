using System.Runtime.ExceptionServices;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>One answer for each workload, in their order; over all processors where there are so many that it pays.</summary>
internal static class ManyWorkloads
{
    /// <summary>Fewer are judged before other threads are even awake.</summary>
    private const int Least = 64;

    /// <param name="workloads">What is asked about.</param>
    /// <param name="answer">Depends on nothing but its workload and the number of it; may run on several threads at a time.</param>
    public static TAnswer[] Each<TWorkload, TAnswer>(IReadOnlyList<TWorkload> workloads, Func<TWorkload, int, TAnswer> answer)
    {
        var answers = new TAnswer[workloads.Count];
        if (answers.Length < Least)
        {
            for (int i = 0; i < answers.Length; i++) answers[i] = answer(workloads[i], i);
            return answers;
        }
        try
        {
            Parallel.For(0, answers.Length, i => answers[i] = answer(workloads[i], i));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return answers;
    }
}
