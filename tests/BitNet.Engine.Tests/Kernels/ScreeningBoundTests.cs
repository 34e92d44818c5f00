namespace BitNet.Engine.Tests.Kernels;

/// <summary>Every row's interval holds both the true logit and the one the F16 head computes, and is not vacuous.</summary>
public class ScreeningBoundTests
{
    public static TheoryData<double, float> Magnitudes()
    {
        var data = new TheoryData<double, float>();
        foreach (double weight in new[] { 1e-7, 1e-4, 0.02, 1, 10_000 })
        {
            foreach (float input in new[] { 1e-38f, 1e-6f, 1f, 10_000f }) data.Add(weight, input);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Magnitudes))]
    public void Holds_at_every_magnitude(double weight, float input)
    {
        foreach (int columns in new[] { 32, 96, 2560 })
        {
            using HeadCase head = new(
                100, columns, (r, c) => Math.Clamp(weight * HeadCase.Normal(1, r, c), -65_504, 65_504),
                c => Math.Clamp(input * (float)HeadCase.Normal(2, 0, c), -65_504, 65_504));
            AssertHolds(head);
        }
    }

    // The input of a row's rounding errors themselves makes the neglected part as large as Cauchy and Schwarz allow.
    [Fact]
    public void Holds_where_the_input_is_the_rounding_error_of_a_row()
    {
        for (int row = 0; row < 20; row++)
        {
            double scale;
            double[] errors;
            using (HeadCase head = new(20, 96, (r, c) => HeadCase.Normal(3, r, c), _ => 1)) (scale, errors) = Errors(head, row);
            using HeadCase aligned = new(20, 96, (r, c) => HeadCase.Normal(3, r, c), c => (float)(errors[c] / scale));
            float[] lower = new float[20], upper = new float[20];
            Assert.True(aligned.Bound(lower, upper));
            AssertHolds(aligned);
            // Here the whole half of the interval is used: a bound smaller by a twentieth would be wrong.
            double middle = ((double)lower[row] + upper[row]) / 2, half = ((double)upper[row] - lower[row]) / 2;
            Assert.InRange(Math.Abs(aligned.Logits[row] - middle), 0.95 * half, half);
        }
    }

    private static unsafe (double Scale, double[] Errors) Errors(HeadCase head, int row)
    {
        double scale = head.Screening.Scales[row];
        sbyte* codes = head.Screening.Codes + (long)row * head.Columns;
        double[] errors = new double[head.Columns];
        for (int c = 0; c < errors.Length; c++) errors[c] = head.Weight(row, c) - scale * codes[c];
        return (scale, errors);
    }

    [Fact]
    public void Is_half_a_standard_deviation_of_the_logits_on_random_rows()
    {
        using HeadCase head = new(500, 2560, (r, c) => 0.02 * HeadCase.Normal(4, r, c), c => (float)HeadCase.Normal(5, 0, c));
        float[] lower = new float[500], upper = new float[500];
        Assert.True(head.Bound(lower, upper));
        double deviation = Math.Sqrt(head.Logits.ToArray().Average(logit => (double)logit * logit));
        Assert.InRange(lower.Zip(upper, (l, u) => (u - l) / 2).Max(), 0.2 * deviation, 0.7 * deviation);
    }

    [Fact]
    public unsafe void Norms_are_at_least_the_true_ones_and_hardly_more()
    {
        using HeadCase head = new(50, 2560, (r, c) => 0.02 * HeadCase.Normal(6, r, c), _ => 1);
        for (int row = 0; row < head.Rows; row++)
        {
            double error = Math.Sqrt(Errors(head, row).Errors.Sum(e => e * e));
            double norm = Math.Sqrt(Enumerable.Range(0, head.Columns).Sum(c => head.Weight(row, c) * head.Weight(row, c)));
            Assert.InRange(head.Screening.ErrorNorms[row], error, 1.001 * error);
            Assert.InRange(head.Screening.Norms[row], norm, 1.001 * norm + 1.001 * error);
        }
    }

    [Fact]
    public void Extra_bytes_are_the_codes_and_three_numbers_a_row()
    {
        using HeadCase head = new(100, 64, (r, c) => r + c, _ => 1);
        Assert.Equal(100 * (64 + 12), head.Screening.ExtraBytes);
    }

    private static void AssertHolds(HeadCase head)
    {
        float[] lower = new float[head.Rows], upper = new float[head.Rows];
        Assert.True(head.Bound(lower, upper));
        for (int row = 0; row < head.Rows; row++)
        {
            double exact = 0;
            for (int c = 0; c < head.Columns; c++) exact += head.Weight(row, c) * head.Input[c];
            Assert.InRange(head.Logits[row], lower[row], upper[row]);
            Assert.InRange(exact, lower[row], upper[row]);
        }
    }
}
