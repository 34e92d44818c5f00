using BitNet.Perf.Bench.Tests;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Tests.Workloads;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads.EndToEnd;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The program is its own worker, as bitnet-perf is; without these words it runs the tests as xunit's generated entry point would.
return args switch
{
    [WorkerProtocol.Command] => WorkerEntry.Run(),
    [FirstToken.Command, .. var arguments] => StartedTest.Run(arguments),
    [StrangeWorker.Command, var behaviour] => StrangeWorker.Run(behaviour),
    _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await ConsoleRunner.Run(args),
};
