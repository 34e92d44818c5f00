using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Receipts.Tests;

public sealed class CalibrationFileTests : IDisposable
{
    private const string HostKey = "amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb";
    private static readonly DateTimeOffset Day = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("calibration-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathHere => CalibrationFile.PathOf(_folder, HostKey);

    private static Calibration Sample { get; } = new()
    {
        Schema = Calibration.CurrentSchema,
        HostKey = HostKey,
        CreatedUtc = Day,
        Commit = new string('a', 40),
        Dirty = false,
        ElapsedSeconds = 7200,
        Runs = [.. Enumerable.Range(0, 5).Select(i => new CalibrationRun($"r{i}", Digest(i), Day.AddHours(i - 5), 3))],
        FamilySize = 2,
        Classes = [new CalibratedClass("kernel/gemv/cold/t2", 0.012, 4, 0.02, [new DetectableSlowdown(1, 3, 0.2), new DetectableSlowdown(5, 3, null)], [new CalibratedWorkload("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2", 0.012, null)])],
        // Summed by hand: (1 − p)⁴ + 4p(1 − p)³ = 0.05 at p = 0.75139…
        FalseAlarms = [new FalseAlarmCount("baseline", 4, 1, 0.7513953742698185, 2, 0.01, [Digest(0), Digest(1)])],
    };

    private static string Digest(int i) => $"sha256:{i.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(64, '0')}";

    [Fact]
    public void It_lies_beside_the_host_s_baselines_sealed_and_is_found_by_its_key()
    {
        Assert.Null(CalibrationFile.Find(_folder, HostKey));
        Calibration written = CalibrationFile.Write(PathHere, Sample);
        Assert.Equal(Path.Combine(_folder, HostKey, "calibration.json"), PathHere);
        Calibration found = CalibrationFile.Find(_folder, HostKey)!;
        Assert.Equal(written.Digest, found.Digest);
        Assert.Equal(File.ReadAllText(PathHere).TrimEnd(), CalibrationFile.Text(found));
        Assert.Null(CalibrationFile.Find(_folder, "google-benchmark"));
    }

    [Fact]
    public void It_is_no_baseline()
    {
        CalibrationFile.Write(PathHere, Sample);
        Assert.Empty(new BaselineStore(_folder).List());
    }

    [Fact]
    public void An_altered_one_is_refused_by_its_digest()
    {
        CalibrationFile.Write(PathHere, Sample);
        File.WriteAllText(PathHere, File.ReadAllText(PathHere).Replace("\"runDeviation\": 0.012", "\"runDeviation\": 0.002", StringComparison.Ordinal));
        Assert.Equal(ReceiptFault.DigestMismatch, Assert.Throws<ReceiptException>(() => CalibrationFile.Find(_folder, HostKey)).Fault);
    }

    [Fact]
    public void One_of_another_host_in_its_place_is_refused()
    {
        CalibrationFile.Write(PathHere, Sample with { HostKey = "intel-core-f6m158s10-4c-avx2-linux-net10-16gb" });
        Assert.Contains("lies in the folder of", Assert.Throws<ReceiptException>(() => CalibrationFile.Find(_folder, HostKey)).Message);
    }

    [Fact]
    public void A_newer_schema_is_refused_by_name()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathHere)!);
        File.WriteAllText(PathHere, "{\"schema\": \"calibration/2\"}");
        Assert.Contains("calibration/2", Assert.Throws<ReceiptException>(() => CalibrationFile.Find(_folder, HostKey)).Message);
    }

    public static TheoryData<string, Calibration> Impossible => new()
    {
        { "limit", Sample with { FalseAlarms = [Sample.FalseAlarms[0] with { Limit = 0.5 }] } },
        { "limit", Sample with { FalseAlarms = [Sample.FalseAlarms[0] with { Alarmed = 4, Passed = 0, Limit = 0.99 }] } },
        { "limit", Sample with { FalseAlarms = [Sample.FalseAlarms[0] with { Limit = double.MaxValue }] } },
        { "false-alarms", Sample with { FalseAlarms = [Sample.FalseAlarms[0] with { Alarmed = 3 }] } },
        { "sha256", Sample with { FalseAlarms = [Sample.FalseAlarms[0] with { Receipts = ["r1"] }] } },
        { "degrees-of-freedom", Sample with { Classes = [Sample.Classes[0] with { DegreesOfFreedom = 40 }] } },
        { "deviation", Sample with { Classes = [Sample.Classes[0] with { RunDeviation = -0.01 }] } },
        { "detectable", Sample with { Classes = [Sample.Classes[0] with { Detectable = [new DetectableSlowdown(1, 3, -0.1)] }] } },
        { "workloads", Sample with { Classes = [Sample.Classes[0] with { Workloads = [] }] } },
        { "classes", Sample with { Classes = [Sample.Classes[0], Sample.Classes[0]] } },
        { "duplicate", Sample with { Runs = [.. Sample.Runs.Take(4), Sample.Runs[0]] } },
        { "runs", Sample with { Runs = [.. Sample.Runs.Take(4), Sample.Runs[4] with { Digest = "sha256:0" }] } },
        { "time", Sample with { ElapsedSeconds = 0 } },
        { "time", Sample with { CreatedUtc = Day.AddDays(-2) } },
        { "commit", Sample with { Commit = "abc" } },
        { "host-key", Sample with { HostKey = "Here" } },
        { "family-size", Sample with { FamilySize = 0 } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Figures_that_cannot_be_are_found_and_not_written(string code, Calibration impossible)
    {
        Calibration sealed_ = impossible with { Digest = CalibrationFile.ComputeDigest(impossible) };
        Assert.Equal(code, Assert.Single(CalibrationVerification.Verify(sealed_)).Code);
        Assert.Throws<ReceiptException>(() => CalibrationFile.Write(PathHere, impossible));
        Assert.False(File.Exists(PathHere));
    }
}
