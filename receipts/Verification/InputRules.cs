using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>What end-to-end workloads were given is what their ids say, and the check value of their results is within its tolerance.</summary>
internal static class InputRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Model is ModelDescription model)
        {
            foreach (Finding finding in Model(model))
                yield return finding;
        }
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            WorkloadId? id = WorkloadId.TryParse(workload.Id, out WorkloadId? parsed) && parsed.Family == WorkloadFamily.EndToEnd ? parsed : null;
            if (workload.Input is GenerationInput input)
            {
                foreach (Finding finding in Input(input, id, $"$.workloads[{i}].input"))
                    yield return finding;
            }
            if (workload.Result?.Perplexity is PerplexityCheck perplexity)
            {
                foreach (Finding finding in Perplexity(perplexity, id, $"$.workloads[{i}].result.perplexity"))
                    yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Model(ModelDescription model)
    {
        if (model.Path is string path)
        {
            string below = path.StartsWith("cache:", StringComparison.Ordinal) ? path["cache:".Length..] : path;
            if (!Forms.IsRelativePath(below) || below.Split('/')[^1] != model.File)
                yield return new("model-path", "$.model.path", $"\"{path}\"; expected a path below the working folder, or behind cache: below that for caches, to {model.File}");
        }
        if (model.Tokenizer is not TokenizerDescription tokenizer)
            yield break;
        if (!Forms.IsText(tokenizer.Kind) || (tokenizer.PreTokenizer is string pre && !Forms.IsText(pre)))
            yield return new("tokenizer", "$.model.tokenizer.kind", "expected names");
        if (tokenizer.Vocabulary != model.Shape.Vocabulary)
            yield return new("tokenizer", "$.model.tokenizer.vocabulary", $"{tokenizer.Vocabulary}; the model's vocabulary is {model.Shape.Vocabulary}");
        // A merge makes one token of two; tokens and merges take a byte at least, a merge three: two tokens and a blank.
        if (tokenizer.Merges is < 1 || tokenizer.Bytes < 3L * (tokenizer.Merges ?? 0))
            yield return new("tokenizer", "$.model.tokenizer.merges", $"{tokenizer.Merges} merges in {tokenizer.Bytes} bytes");
    }

    private static IEnumerable<Finding> Input(GenerationInput input, WorkloadId? id, string path)
    {
        if (id is null)
        {
            yield return new("input", path, "of a workload that is not end to end");
            yield break;
        }
        (int prompt, int generated) = Expected(id);
        if (input.PromptTokens != prompt)
            yield return new("input", $"{path}.promptTokens", $"{input.PromptTokens}; the id says {prompt}");
        if (input.MaxTokens != generated)
            yield return new("input", $"{path}.maxTokens", $"{input.MaxTokens}; the id says {generated}");
        if (!Forms.IsDigest(input.PromptDigest))
            yield return new("sha256", $"{path}.promptDigest", $"\"{input.PromptDigest}\"; expected sha256: and 64 lower-case hex digits");
        if (!input.IsText && !Forms.IsText(input.Prompt))
            yield return new("input", $"{path}.prompt", "expected how the ids are made, in one line");
        if (input.Sampling != "greedy")
            yield return new("input", $"{path}.sampling", $"\"{input.Sampling}\"; expected greedy");
    }

    // Generation begins with one id after the context.
    private static (int Prompt, int Generated) Expected(WorkloadId id) => id.Operation switch
    {
        "decode" => (id.SettingContext + 1, id.SettingTokens!.Value),
        "prefill" => (id.SettingTokens!.Value, 0),
        _ => (id.SettingTokens!.Value, 1),
    };

    private static IEnumerable<Finding> Perplexity(PerplexityCheck found, WorkloadId? id, string path)
    {
        if (id is null)
            yield return new("perplexity", path, "of a workload that is not end to end");
        if (!Forms.IsDigest(found.TextDigest))
            yield return new("sha256", $"{path}.textDigest", $"\"{found.TextDigest}\"; expected sha256: and 64 lower-case hex digits");
        if (found.ScalarPositions < 1 || found.Positions < found.ScalarPositions)
            yield return new("perplexity", $"{path}.positions", $"{found.Positions}, of which {found.ScalarPositions} by the scalar pass; expected at least as many, and at least 1");
        // Likelihoods are at most 1.
        if (!(Math.Min(found.Value, Math.Min(found.ValueThere, found.ScalarValue)) >= 1))
            yield return new("perplexity", $"{path}.value", "expected values of at least 1");
        if (found.Positions == found.ScalarPositions && found.Value != found.ValueThere)
            yield return new("perplexity", $"{path}.valueThere", "differs from the value over the same positions");
        if (!PerplexityCheck.AreNear(found.ValueThere, found.ScalarValue))
        {
            yield return new("perplexity", $"{path}.valueThere",
                FormattableString.Invariant($"{found.ValueThere:R}; the scalar forward pass gives {found.ScalarValue:R}, and {PerplexityCheck.Tolerance} of it is allowed"));
        }
    }
}
