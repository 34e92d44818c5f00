using System.CommandLine;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The options that decide what a run measures; <c>run</c> and <c>list</c> take the same.</summary>
internal sealed class MeasuringOptions
{
    private const string Default = "synthetic:2b", Synthetic = "synthetic:";

    private readonly SettingOption<Suite> _suite = PerfSettings.Suite.ToOption();
    private readonly SettingOption<IReadOnlyList<string>> _filter = PerfSettings.Filter.ToOption();
    private readonly SettingOption<string?> _model = PerfSettings.Model.ToOption();
    private readonly SettingOption<IReadOnlyList<int>?> _threads = PerfSettings.Threads.ToOption();
    private readonly SettingOption<int?> _launches = PerfSettings.Launches.ToOption();

    public IReadOnlyList<Option> All => [_suite, _filter, _model, _threads, _launches];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
    }

    /// <exception cref="CommandFailure">A value is none, or the model's file is missing.</exception>
    public RunOptions Read(CommandContext context)
    {
        string model = context.Value(_model) ?? Default;
        if (!model.StartsWith(Synthetic, StringComparison.Ordinal))
        {
            if (!File.Exists(context.Surroundings.Absolute(model)))
                throw CommandFailure.BadInput($"{model}: no such file; expected a GGUF file or synthetic:2b, synthetic:small, synthetic:tiny");
            model = context.Surroundings.Openable(model);
        }
        return new RunOptions
        {
            Suite = context.Value(_suite),
            Filters = context.Value(_filter),
            Model = model,
            Threads = context.Value(_threads),
            Launches = context.Value(_launches),
        };
    }
}
