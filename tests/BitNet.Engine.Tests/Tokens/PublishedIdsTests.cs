using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

/// <summary>
/// The ids that spec 7.5 publishes for the real vocabulary, as far as they can be held against the splits without it: where a text has as many
/// ids as chunks, every chunk is one token, so the same chunk must carry the same id in every text.
/// </summary>
public class PublishedIdsTests
{
    private static readonly (string Text, int[] Ids, string[] Chunks)[] Default =
    [
        ("hello world", [15339, 1917], ["hello", " world"]),
        ("The quick brown fox jumps over the lazy dog.", [791, 4062, 14198, 39935, 35308, 927, 279, 16053, 5679, 13],
            ["The", " quick", " brown", " fox", " jumps", " over", " the", " lazy", " dog", "."]),
        ("Version 1.58 uses 2-bit weights, right?", [5755, 220, 16, 13, 2970, 5829, 220, 17, 12, 4590, 14661, 11, 1314, 30],
            ["Version", " ", "1", ".", "58", " uses", " ", "2", "-", "bit", " weights", ",", " right", "?"]),
        ("1 + 1 =", [16, 220, 10, 220, 16, 220, 28], ["1", " ", "+", " ", "1", " ", "="]),
        ("The capital of France is", [791, 6864, 315, 9822, 374], ["The", " capital", " of", " France", " is"]),
        ("hello", [15339], ["hello"]),
    ];

    /// <summary>Chunks of several tokens: [number of ids] in brackets is what the published list leaves for the chunk.</summary>
    private static readonly (string Text, int[] Ids, (string Chunk, int Ids)[] Chunks)[] Chinese =
    [
        ("你好，世界！", [57668, 53901, 3922, 102616, 6447], [("你好", 2), ("，", 1), ("世界", 1), ("！", 1)]),
        ("今天天气不错，适合做 tokenizer 测试。",
            [110916, 36827, 102146, 16937, 29826, 3922, 108562, 40862, 102210, 47058, 99413, 67735, 1811],
            [("今天天气不错", 5), ("，", 1), ("适合做", 3), (" tokenizer", 1), (" 测试", 2), ("。", 1)]),
        ("BitNet 1.58 模型有 2B 参数。", [8509, 7099, 220, 16, 13, 2970, 6704, 45501, 25287, 19361, 220, 17, 33, 72069, 1811],
            [("BitNet", 2), (" ", 1), ("1", 1), (".", 1), ("58", 1), (" 模型有", 4), (" ", 1), ("2", 1), ("B", 1), (" 参数", 1), ("。", 1)]),
        ("第一行：中文测试。\n第二行：继续验证。",
            [103983, 23039, 5232, 108891, 82805, 1811, 198, 106135, 23039, 5232, 114638, 50027, 1811],
            [("第一行", 2), ("：", 1), ("中文测试", 2), ("。", 1), ("\n", 1), ("第二行", 2), ("：", 1), ("继续验证", 2), ("。", 1)]),
    ];

    [Fact]
    public void Every_published_text_is_cut_into_the_chunks_its_ids_show()
    {
        foreach ((string text, int[] ids, string[] chunks) in Default)
        {
            Assert.Equal(chunks, Split(PreTokenizer.Default, text));
            Assert.Equal(ids.Length, chunks.Length);
        }

        foreach ((string text, int[] ids, (string Chunk, int Ids)[] chunks) in Chinese)
        {
            Assert.Equal(chunks.Select(c => c.Chunk), Split(PreTokenizer.Default, text));
            Assert.Equal(ids.Length, chunks.Sum(c => c.Ids));
        }
    }

    [Fact]
    public void The_same_chunk_has_the_same_ids_in_all_published_texts()
    {
        var known = new Dictionary<string, string>();
        foreach ((string chunk, string ids) in Default.SelectMany(t => t.Chunks.Zip(t.Ids, (chunk, id) => (chunk, id.ToString()))).Concat(Chinese.SelectMany(Pairs)))
        {
            if (!known.TryAdd(chunk, ids)) Assert.Equal(known[chunk], ids);
        }

        Assert.Equal("220", known[" "]);

        static IEnumerable<(string Chunk, string Ids)> Pairs((string Text, int[] Ids, (string Chunk, int Ids)[] Chunks) published)
        {
            int at = 0;
            foreach ((string chunk, int count) in published.Chunks)
            {
                yield return (chunk, string.Join(' ', published.Ids.AsSpan(at, count).ToArray()));
                at += count;
            }
        }
    }

    [Fact]
    public void The_llama_split_of_one_plus_one_has_as_many_chunks_as_published_ids()
    {
        int[] published = [16, 489, 220, 16, 284];
        string[] chunks = Split(PreTokenizer.LlamaBpe, "1 + 1 =");
        Assert.Equal(published.Length, chunks.Length);
        Assert.Equal(chunks[0], chunks[3]);
    }

    private static string[] Split(PreTokenizer preTokenizer, string text) =>
        [.. PreTokenizers.Split(preTokenizer, text).Select(chunk => text.Substring(chunk.Start, chunk.Length))];
}
