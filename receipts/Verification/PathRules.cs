using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>No text of a receipt tells a folder of the machine or the name of its user.</summary>
internal static class PathRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        try
        {
            // In a sound receipt orders name its workloads again and again: what stands once is looked at once.
            return Walk(StrictJson.ToElement(WithoutRepetition(receipt)), "$").Any() ? Walk(StrictJson.ToElement(WithoutSamples(receipt)), "$") : [];
        }
        catch (ReceiptException)
        {
            return []; // NaN: a finding of SealRules
        }
    }

    private static Receipt WithoutRepetition(Receipt receipt)
    {
        HashSet<string> ids = [.. receipt.Workloads.Select(workload => workload.Id)];
        return receipt with
        {
            Launches = [.. receipt.Launches.Select(launch => launch with { Order = [.. launch.Order.Where(id => !ids.Contains(id))] })],
            Workloads = [.. receipt.Workloads.Select(workload => workload with
            {
                Launches = [.. workload.Launches.Where(samples => samples.ReadPattern is not null).Select(WithoutNumbers)],
            })],
        };
    }

    // Numbers, of which there may be millions, hold no path.
    private static Receipt WithoutSamples(Receipt receipt) => receipt with
    {
        Workloads = [.. receipt.Workloads.Select(workload => workload with { Launches = [.. workload.Launches.Select(WithoutNumbers)] })],
    };

    private static LaunchSamples WithoutNumbers(LaunchSamples samples) => samples with { Nanoseconds = [], Values = [] };

    private static IEnumerable<Finding> Walk(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (MachinePaths.Find(member.Name) is string name)
                        yield return new("path", path, $"the name \"{name}\" holds a path of the machine");
                    if (member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String))
                        continue;
                    foreach (Finding finding in Walk(member.Value, $"{path}.{member.Name}"))
                        yield return finding;
                }
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    // Numbers, of which there are most, hold no path.
                    if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String)
                    {
                        foreach (Finding finding in Walk(item, $"{path}[{index}]"))
                            yield return finding;
                    }
                    index++;
                }
                break;
            case JsonValueKind.String when MachinePaths.Find(element.GetString()!) is string found:
                yield return new("path", path, $"holds a path of the machine: {found}");
                break;
        }
    }
}
