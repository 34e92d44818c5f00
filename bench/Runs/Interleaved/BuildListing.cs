using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>What a build says of itself before anything is measured.</summary>
/// <param name="BuildId">Tells builds apart.</param>
/// <param name="Kernel">Ternary kernel it uses end to end.</param>
/// <param name="Workloads">Those it would measure.</param>
internal sealed record BuildListing(string BuildId, BuildDescription Build, string Kernel, IReadOnlyList<ListedWorkload> Workloads)
{
    /// <summary>Opening a model and starting a process take seconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <param name="side">For messages: base or head.</param>
    /// <exception cref="BuildRefusedException">The build's worker is of another protocol, or has no such suite.</exception>
    /// <exception cref="RunFailedException">The worker failed.</exception>
    public static async Task<BuildListing> ReadAsync(string side, IWorkerProcess worker, WorkerPlan plan, CancellationToken cancellationToken)
    {
        HelloMessage? hello = null;
        ListedMessage? listed = null;
        var end = await worker.RunAsync(
            plan, Timeout,
            message =>
            {
                if (message is HelloMessage h)
                    hello = h;
                else if (message is ListedMessage l)
                    listed = l;
            },
            cancellationToken);
        if (end.Failure is { } failure)
            throw end.Kind == FailureKind.Protocol ? new BuildRefusedException($"{side}: {failure}") : new RunFailedException($"{side}: {MachinePaths.Redact(failure)}");
        return hello is not null && listed is not null
            ? new BuildListing(hello.Build, hello.Description, listed.Kernel, listed.Workloads)
            : throw new RunFailedException($"{side}: the worker ended without listing its workloads");
    }
}

/// <summary>Two builds cannot be compared: one of them does not understand this program. One line.</summary>
public sealed class BuildRefusedException(string message) : Exception(message);
