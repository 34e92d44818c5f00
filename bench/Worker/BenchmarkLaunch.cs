using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using BitNet.Perf.Bench.Workloads;
using Perfolizer.Mathematics.OutlierDetection;

namespace BitNet.Perf.Bench.Worker;

/// <summary>One BenchmarkDotNet run in this process over all workloads of a launch, in the order given. One run for all costs about 0.4 s and
/// 30 ms a workload; a run for each would cost half a second each.</summary>
public static class BenchmarkLaunch
{
    /// <param name="create">Makes a workload ready; called on the thread that then measures it.</param>
    /// <param name="report">Called for each workload as it starts and when it is measured.</param>
    /// <exception cref="LaunchFailedException">A workload failed or took too long; the rest was not measured.</exception>
    public static void Run(
        IReadOnlyList<(WorkloadDefinition Definition, long Operations)> workloads, WorkerTiming timing, TimeSpan timeout,
        Func<string, Workload> create, Action<WorkerMessage> report)
    {
        var artifacts = Directory.CreateTempSubdirectory("bitnet-perf-").FullName;
        try
        {
            var state = TimedWorkload.LaunchState.Current = new TimedWorkload.LaunchState(create);
            var events = new Reporter(state, report);
            var config = ImmutableConfigBuilder.Create(ManualConfig.CreateEmpty()
                .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator)
                .WithArtifactsPath(artifacts)
                .WithOrderer(new GivenOrder())
                .AddLogger(SilentLogger.Instance)
                .AddEventProcessor(events));
            var cases = workloads.Select(w => Case(w.Definition, w.Operations, timing, timeout, config)).ToArray();
            Exception? thrown = null;
            try
            {
                BenchmarkRunner.Run(new BenchmarkRunInfo(cases, typeof(TimedWorkload), config, true));
            }
            catch (Exception e)
            {
                // BenchmarkDotNet 0.15.8 stumbles over a case that failed in process: it looks for the output of a build.
                thrown = e;
            }
            if (state.Failure is { } failure)
                throw new LaunchFailedException(failure.Id, failure.Exception);
            if (thrown is not null || events.Measured < cases.Length)
            {
                var said = events.Problem ?? thrown?.Message ?? $"no measurement; it failed or took more than {timeout.TotalSeconds:F0} s";
                throw new LaunchFailedException(events.Unfinished, new InvalidOperationException(said));
            }
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    private static BenchmarkCase Case(WorkloadDefinition definition, long operations, WorkerTiming timing, TimeSpan timeout, ImmutableConfig config)
    {
        var job = new Job()
            .WithStrategy(definition.Strategy == TimingStrategy.Throughput ? RunStrategy.Throughput : RunStrategy.Monitoring)
            .WithLaunchCount(1)
            .WithWarmupCount(timing.Warmups(definition.Strategy))
            .WithIterationCount(timing.Iterations(definition.Strategy))
            .WithInvocationCount(operations)
            .WithUnrollFactor(1)
            .WithEvaluateOverhead(false)
            .WithOutlierMode(OutlierMode.DontRemove)
            // Operations allocate nothing, so there is nothing to collect; a forced collection would itself count as some kB allocated.
            .WithGcForce(false)
            .DontEnforcePowerPlan()
            .WithToolchain(new InProcessNoEmitToolchain(timeout, logOutput: false));
        return BenchmarkCase.Create(Descriptor, job, new ParameterInstances([new ParameterInstance(Parameter, definition.Id.Text, null!)]), config);
    }

    private static Descriptor Descriptor { get; } = new(
        typeof(TimedWorkload),
        typeof(TimedWorkload).GetMethod(nameof(TimedWorkload.Run))!,
        typeof(TimedWorkload).GetMethod(nameof(TimedWorkload.Setup)),
        typeof(TimedWorkload).GetMethod(nameof(TimedWorkload.Cleanup)),
        typeof(TimedWorkload).GetMethod(nameof(TimedWorkload.BeforeIteration)),
        typeof(TimedWorkload).GetMethod(nameof(TimedWorkload.AfterIteration)));

    private static ParameterDefinition Parameter { get; } = new(nameof(TimedWorkload.Id), false, [], false, typeof(string), 0);

    private sealed class Reporter(TimedWorkload.LaunchState state, Action<WorkerMessage> report) : EventProcessor
    {
        public int Measured { get; private set; }

        /// <summary>The first workload that began and gave no measurement.</summary>
        public string? Unfinished { get; private set; }

        /// <summary>Why BenchmarkDotNet refused to run; null when it did not.</summary>
        public string? Problem { get; private set; }

        public override void OnValidationError(BenchmarkDotNet.Validators.ValidationError validationError)
        {
            if (validationError.IsCritical)
                Problem ??= validationError.Message;
        }

        public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
        {
            // After a failure the launch is lost anyway: report nothing more.
            if (Unfinished is not null)
                return;
            Unfinished = IdOf(benchmarkCase);
            report(new StartedMessage(Unfinished));
        }

        public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport benchmarkReport)
        {
            var id = IdOf(benchmarkCase);
            // Raw measurements: ResultStatistics would be trimmed and corrected.
            var actual = benchmarkReport.AllMeasurements
                .Where(m => m is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual })
                .OrderBy(m => m.IterationIndex)
                .ToList();
            if (!benchmarkReport.Success || actual.Count == 0 || state.Failure is not null || Unfinished != id)
                return;
            Unfinished = null;
            Measured++;
            report(new MeasuredMessage(id, actual[0].Operations, [.. actual.Select(m => m.Nanoseconds)], Allocated(actual), state.Digest, state.Chosen));
        }

        /// <summary>The median iteration's: the counter is the process's, so that a worker pool's allocations are seen, and the runtime's own
        /// threads now and then add some bytes to one iteration.</summary>
        private double? Allocated(List<Measurement> actual)
        {
            var iterations = state.Allocated;
            if (iterations.Count < actual.Count)
                return null;
            var bytes = iterations.Skip(iterations.Count - actual.Count).Order().ToArray();
            return (double)bytes[(bytes.Length - 1) / 2] / actual[0].Operations;
        }

        private static string IdOf(BenchmarkCase benchmarkCase) => (string)benchmarkCase.Parameters[0].Value;
    }
}

/// <summary>A launch ended without all its measurements.</summary>
public sealed class LaunchFailedException(string? workload, Exception cause) : Exception(cause.Message, cause)
{
    public string? Workload { get; } = workload;
}
