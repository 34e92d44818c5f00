using System.CommandLine;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The options that decide what a run measures; <c>run</c> and <c>list</c> take the same.</summary>
internal static class MeasuringOptions
{
    private const string Default = "synthetic:2b", Synthetic = "synthetic:";

    private static readonly Setting[] Settings = [PerfSettings.Filter, PerfSettings.Model, PerfSettings.Threads, PerfSettings.Launches];

    public static IReadOnlyList<Option> Create() => Create(PerfSettings.Suite);

    /// <param name="suite">With the command's default.</param>
    public static IReadOnlyList<Option> Create(Setting<Suite> suite) => [suite.ToOption(), .. Settings.Select(setting => setting.ToOption())];

    /// <exception cref="CommandFailure">A value is none, or the model's file is missing.</exception>
    public static RunOptions Read(CommandContext context) => Read(context, PerfSettings.Suite);

    /// <inheritdoc cref="Read(CommandContext)"/>
    /// <param name="suite">With the command's default.</param>
    public static RunOptions Read(CommandContext context, Setting<Suite> suite)
    {
        string model = context.Value(PerfSettings.Model) ?? Default;
        if (!model.StartsWith(Synthetic, StringComparison.Ordinal))
        {
            if (!File.Exists(context.Surroundings.Absolute(model)))
                throw CommandFailure.BadInput(ModelSource.Missing(context.Surroundings.Absolute(model), model));
            model = context.Surroundings.Openable(model);
        }
        return new RunOptions
        {
            Suite = context.Value(suite),
            Filters = context.Value(PerfSettings.Filter),
            Model = model,
            Threads = context.Value(PerfSettings.Threads),
            Launches = context.Value(PerfSettings.Launches),
        };
    }
}
