using System.Runtime.CompilerServices;
using System.Text;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Real output of other harnesses, and receipts made of it.</summary>
internal static class ImportFixture
{
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "imports", name));

    public static string Text(string name) => Encoding.UTF8.GetString(Read(name));

    /// <summary>A fixture with one text in it replaced, which must be there.</summary>
    public static byte[] Altered(string name, string old, string @new)
    {
        string text = Text(name);
        int at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{name} has no {old}");
        return Encoding.UTF8.GetBytes(text[..at] + @new + text[(at + old.Length)..]);
    }

    public static Receipt Seal(ImportedFile file)
    {
        Receipt measured = RecordedFacts.Of(SyntheticReceipt.Create());
        ImportFacts facts = new()
        {
            Run = "20260203T040506Z-0a1b2c3d",
            CreatedUtc = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
            Generator = measured.Generator,
            HostKey = file.Origin == ReceiptOrigin.External ? ExternalReceipt.HostKeyOf(file.Host) : "build-server-7",
            Host = file.Host?.Describe() ?? measured.Host,
            Build = measured.Build,
            Source = file.Source,
            Work = file.Work,
            Warnings = file.Warnings,
        };
        return ReceiptDigest.Seal(file.Origin == ReceiptOrigin.External ? ExternalReceipt.Of(file, facts) : ImportedReceipt.Of(file.Launches, facts));
    }

    public static string Refusal(Func<ImportedFile> parse)
    {
        ReceiptException refused = Assert.Throws<ReceiptException>(parse);
        Assert.Equal(ReceiptFault.Malformed, refused.Fault);
        Assert.DoesNotContain('\n', refused.Message);
        return refused.Message;
    }

    /// <summary>A file of the repository.</summary>
    public static string InRepository(string path, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", path));
}
