using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Tests.Runs;

/// <summary>Worker processes that misbehave, one way each.</summary>
internal static class StrangeWorker
{
    public const string Command = "strange-worker";

    public static int Run(string behaviour)
    {
        Console.In.ReadLine();
        switch (behaviour)
        {
            case "dies-at-once":
                Console.Error.WriteLine("out of luck");
                return 9;
            case "dies-half-way":
                Hello();
                Say(new StartedMessage("probe/control/t1"));
                Console.Error.WriteLine("gone");
                Environment.Exit(11);
                return 0;
            case "hangs":
                Hello();
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "babbles":
                Console.WriteLine("Hello, I am not JSON");
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "old":
                Say(new HelloMessage(0, "0.0.1", BuildProbe.BuildId, Plans.Build, true));
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "rebuilt":
                Hello("another");
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "no-hello":
                Say(new DoneMessage { });
                return 0;
            case "reports-before-hello":
                Say(new StartedMessage("probe/control/t1"));
                return 0;
            case "leaves-silently":
                Hello();
                return 0;
            default:
                throw new ArgumentException(behaviour);
        }
    }

    /// <summary>With the process id for a version, so that a test can look for the process.</summary>
    private static void Hello(string? build = null) => Say(new HelloMessage(WorkerProtocol.Version, Environment.ProcessId.ToString(), build ?? BuildProbe.BuildId, Plans.Build, true));

    private static void Say(WorkerMessage message)
    {
        Console.WriteLine(WorkerProtocol.Write(message));
        Console.Out.Flush();
    }
}
