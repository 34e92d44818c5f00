namespace BitNet.Perf.Receipts.Import;

/// <summary>Names of llama-bench's tests as it prints them itself, with the threads: pp512/t2, tg128/t2, pp512+tg128/t2, tg128@d4096/t2. Where tests of one file
/// would have the same name, the settings in which they differ follow, the most telling first, as few as it takes.</summary>
internal static class LlamaBenchNames
{
    private static readonly string[] MostTelling =
        ["model_type", "model_filename", "n_batch", "n_ubatch", "flash_attn", "type_k", "type_v", "repack", "use_mmap", "cpu_mask"];

    /// <exception cref="ReceiptException">Two tests are the same in every setting.</exception>
    public static string[] Of(IReadOnlyList<LlamaBenchTest> tests)
    {
        string[] names = [.. tests.Select(Short)];
        string[] settings = [.. MostTelling.Concat(tests.SelectMany(test => test.Settings.Keys).Distinct().Except(MostTelling))];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, tests.Count).GroupBy(index => names[index]).Where(group => group.Count() > 1).ToArray())
        {
            foreach (string setting in settings)
            {
                // One that divides none of those that are still alike would only make the names longer.
                if (same.GroupBy(index => names[index]).All(alike => alike.Select(index => Value(tests[index], setting)).Distinct().Count() == 1))
                    continue;
                foreach (int index in same)
                    names[index] += $"/{setting}={Value(tests[index], setting)}";
            }
        }
        for (int i = 0; i < names.Length; i++)
        {
            if (Array.IndexOf(names, names[i]) is int first && first < i)
                throw ForeignJson.Fault(tests[i].Place, $"{names[i]}: the same test as {tests[first].Place}", "tests that differ in a setting; a file is one launch");
            ForeignJson.Name(names[i], tests[i].Place);
        }
        return names;
    }

    private static string Short(LlamaBenchTest test)
    {
        string prompt = test.Prompt > 0 ? FormattableString.Invariant($"pp{test.Prompt}") : "";
        string generated = test.Generated > 0 ? FormattableString.Invariant($"tg{test.Generated}") : "";
        string both = prompt.Length > 0 && generated.Length > 0 ? "+" : "";
        string depth = test.Depth > 0 ? FormattableString.Invariant($"@d{test.Depth}") : "";
        return FormattableString.Invariant($"{prompt}{both}{generated}{depth}/t{test.Threads}");
    }

    private static string Value(LlamaBenchTest test, string setting) => test.Settings.GetValueOrDefault(setting, "none");
}
