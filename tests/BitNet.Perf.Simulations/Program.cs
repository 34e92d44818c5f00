using BitNet.Perf.Simulations;
using BitNet.Perf.Simulations.History;
using BitNet.Perf.Simulations.Speed;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The program is also the long form of its tests; without these words it runs the short one as xunit's generated entry point would.
return args switch
{
    ["speed", .. var words] => SpeedCommand.Run(words),
    ["history", .. var words] => HistoryCommand.Run(words),
    ["--list"] => SimulationCommand.List(),
    [['-', '-', ..], ..] when args[0] is "--suites" or "--scenario" or "--seed" or "--threads" or "--markdown" or "--csv" => SimulationCommand.Run(args),
    _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
