using BitNet.Engine.Gguf;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Gguf;

public sealed class GgufInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_synthetic_model_adds_up_and_has_no_gaps()
    {
        SyntheticModel.Write(_folder.File("tiny.gguf"), SyntheticShape.Tiny, 1, cancellationToken: TestContext.Current.CancellationToken);
        using var file = GgufFile.Open(_folder.File("tiny.gguf"));
        var inspection = GgufInspection.Of(file);
        Assert.Empty(inspection.Gaps);
        Assert.Equal(file.Length - file.DataStart, inspection.TensorBytes);
        Assert.Equal([(GgmlType.F16, 1), (GgmlType.F32, 9), (GgmlType.I2_S, 14)], inspection.Types.Select(total => (total.Type, total.Tensors)));
        Assert.Equal(inspection.Parameters, inspection.Types.Sum(total => total.Elements));
        // Embedding; per block q, o, k, v, gate, up, down and four norms; the final norm.
        Assert.Equal(512 * 256 + 2 * (2 * 256 * 256 + 2 * 256 * 128 + 3 * 256 * 768 + 3 * 256 + 768) + 256, inspection.Parameters);
    }

    [Fact]
    public void Bytes_that_belong_to_no_tensor_are_listed_but_padding_is_not()
    {
        // 20 bytes at 32 (12 of padding follow), 64 at 96, and 40 bytes after the last one; so 0..31, 64..95 and the end are gaps.
        string path = RawGguf.Start(tensors: 2).Tensor("b", 36, 96, 128).Tensor("a", 0, 32, 5).Pad().Zeros(160 + 40).Write(_folder);
        using var file = GgufFile.Open(path);
        Assert.Equal(
            [new(file.DataStart, 32), new(file.DataStart + 64, 32), new(file.DataStart + 160, 40)],
            GgufInspection.Of(file).Gaps);
    }

    [Fact]
    public void A_file_without_tensors_adds_up_to_nothing()
    {
        using var file = GgufFile.Open(RawGguf.Start().Write(_folder));
        var inspection = GgufInspection.Of(file);
        Assert.Equal((0L, 0L, 0, 0), (inspection.Parameters, inspection.TensorBytes, inspection.Types.Count, inspection.Gaps.Count));
    }
}
