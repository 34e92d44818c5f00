using System.CommandLine;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Commands;

/// <summary>Arguments and options that several commands share, made anew for each.</summary>
internal static class ModelOptions
{
    private const int MostThreads = 1024;

    public static Argument<string> File() => new("FILE") { Description = "A GGUF model file." };

    public static Option<int?> Threads() => Range("--threads", "Worker threads; one per processor unless given.", 1, MostThreads);

    public static Option<string?> Kernel() => new("--kernel")
    {
        Description = "Force a ternary kernel by name, e.g. i2s-scalar; the best one here unless given.",
        HelpName = "NAME",
    };

    /// <param name="unlessGiven">What is used without the option.</param>
    public static Option<string?> Head(string unlessGiven)
    {
        string names = $"{string.Join(", ", HeadNames.All.SkipLast(1))} or {HeadNames.All[^1]}";
        var option = new Option<string?>("--head")
        {
            Description = $"How logits are had: {names}, of which {string.Join(" and ", HeadNames.All.Where(name => HeadFormat.LossyNamed(name) is not null))} are lossy; {unlessGiven}.",
            HelpName = "NAME",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !HeadNames.All.Contains(result.Tokens[0].Value))
                result.AddError($"--head is '{result.Tokens[0].Value}'; expected {names}.");
        });
        return option;
    }

    /// <summary>A whole number within bounds.</summary>
    public static Option<int?> Range(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
                result.AddError($"{name} is {value}; expected {least} to {most}.");
        });
        return option;
    }
}
