using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class PairedComparisonTests
{
    private const string Id = SyntheticRun.Gemv;

    /// <summary>A host that drifts by a third over the run; each launch within 1 % of it.</summary>
    private static double[] Drifting(int launches, double factor, int seed) =>
        [.. new Noise(seed).Normals(launches).Select((z, i) => 1000 * factor * (1 + i / (3.0 * launches)) * Math.Exp(0.01 * z))];

    private static Interleaving Side(InterleavedSide side, string partner, int pairs, int[]? looks = null, int family = 1) => new()
    {
        Side = side,
        Partner = partner,
        BaseFirst = [.. Enumerable.Range(0, pairs).Select(i => i % 2 == 0)],
        Looks = Looks(looks ?? [pairs]),
        Only = [],
        FamilySize = family,
        FamilyErrorRate = 0.01,
    };

    /// <summary>One look has all of α; of three the middle one has half, the last one a fifth.</summary>
    private static DeclaredLook[] Looks(int[] looks) =>
        looks.Length == 1 ? [new(looks[0], 1)] : [.. looks.Zip([0.3, 0.5, 0.2], (look, share) => new DeclaredLook(look, share))];

    private static (SyntheticRun Base, SyntheticRun Head) Runs(int pairs, double factor, int[]? looks = null, int family = 1, int? planned = null) =>
        (new SyntheticRun("b") { Interleaving = Side(InterleavedSide.Base, "h", planned ?? pairs, looks, family) }.With(Id, Drifting(pairs, 1, 1)).WithProbes(pairs),
        new SyntheticRun("h") { Interleaving = Side(InterleavedSide.Head, "b", planned ?? pairs, looks, family) }.With(Id, Drifting(pairs, factor, 2)).WithProbes(pairs));

    private static ComparisonResult Compare(SyntheticRun before, SyntheticRun after, ComparisonOptions? options = null) => PairedComparison.Compare(
        SideOfRuns.Baseline(Sides.Sources([before], "base"), allowIncomplete: true), SideOfRuns.Candidate(Sides.Sources([after], "head"), allowIncomplete: true), options ?? new ComparisonOptions());

    [Fact]
    public void A_slowdown_of_five_percent_is_found_beside_a_drift_of_a_third()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(20, 1.05);
        ComparisonResult result = Compare(before, after);
        WorkloadComparison row = Assert.Single(result.Workloads);
        Assert.Equal(Verdict.Regressed, row.Verdict);
        Assert.Equal((int)GateOutcome.Regressed, result.ExitCode);
        Assert.Equal("paired", result.Method);
        Assert.InRange(row.Ratio!.Value, 1.04, 1.06);
        Assert.True(row.Simultaneous!.Value.Lower < row.Interval90!.Value.Lower);
        Assert.InRange(row.Mde!.Value, 0.005, 0.03);
        Assert.Equal(20, row.Candidate.Launches);
    }

    [Fact]
    public void Swapped_sides_give_the_inverse_ratio_and_the_mirrored_verdict()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(20, 1.05);
        WorkloadComparison forth = Compare(before, after).Workloads.Single();
        var head = new SyntheticRun("b") { Interleaving = after.Interleaving! with { Side = InterleavedSide.Base, Partner = "h" } }.With(Id, Drifting(20, 1.05, 2));
        var @base = new SyntheticRun("h") { Interleaving = before.Interleaving! with { Side = InterleavedSide.Head, Partner = "b" } }.With(Id, Drifting(20, 1, 1));
        WorkloadComparison back = Compare(head, @base).Workloads.Single();
        Assert.Equal(Verdict.Improved, back.Verdict);
        Assert.Equal(1 / forth.Ratio!.Value, back.Ratio!.Value, 1e-12);
        Assert.Equal(forth.P!.Value, back.P!.Value, 1e-15);
    }

    [Fact]
    public void Two_equal_builds_are_proven_equivalent()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(20, 1);
        Assert.Equal(Verdict.Equivalent, Compare(before, after).Workloads.Single().Verdict);
    }

    [Fact]
    public void A_rate_that_falls_is_a_cost_that_rises()
    {
        double[] times = Drifting(20, 1, 1);
        var before = new SyntheticRun("b") { Interleaving = Side(InterleavedSide.Base, "h", 20) }.With(SyntheticRun.Decode, times, unit: "tok/s");
        var after = new SyntheticRun("h") { Interleaving = Side(InterleavedSide.Head, "b", 20) }.With(SyntheticRun.Decode, [.. times.Select(t => t / 1.06)], unit: "tok/s");
        WorkloadComparison row = Compare(before, after).Workloads.Single();
        Assert.Equal(Verdict.Regressed, row.Verdict);
        Assert.Equal(1.06, row.Ratio!.Value, 1e-9);
    }

    // α = 1 % in looks of 0.3, 0.5 and 0.2 % over 8 workloads.
    [Fact]
    public void Before_the_first_look_nothing_is_a_verdict()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(11, 1.3, looks: [12, 16, 20], family: 8, planned: 20);
        ComparisonResult result = Compare(before, after);
        WorkloadComparison row = result.Workloads.Single();
        Assert.Equal(Verdict.Undecided, row.Verdict);
        Assert.Null(row.PAdjusted);
        Assert.Equal((0, 3), (result.Look, result.Looks));
        Assert.Contains("first look, declared at 12", row.Reason, StringComparison.Ordinal);
        Assert.False(PairedComparison.AllDecided(result));
    }

    [Fact]
    public void At_a_look_the_declared_level_decides_and_the_p_is_adjusted_for_workloads_and_looks()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(12, 1.3, looks: [12, 16, 20], family: 8, planned: 20);
        ComparisonResult result = Compare(before, after);
        WorkloadComparison row = result.Workloads.Single();
        Assert.Equal(Verdict.Regressed, row.Verdict);
        Assert.Equal(Math.Pow(0.5, 12), row.P!.Value, 1e-15);
        Assert.Equal(Math.Pow(0.5, 12) * 8 / 0.3, row.PAdjusted!.Value, 1e-12);
        Assert.Equal(1, result.Look);
        Assert.True(PairedComparison.AllDecided(result));
    }

    // Peeking between looks must not change what a look says.
    [Fact]
    public void Blocks_after_the_last_look_reached_do_not_count()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(15, 1.02, looks: [12, 16, 20], family: 8, planned: 20);
        WorkloadComparison row = Compare(before, after).Workloads.Single();
        Assert.Equal(12, row.Candidate.Launches);
        ComparisonResult watched = PairedComparison.SoFar(SideOfRuns.Baseline(Sides.Sources([before], "base")), SideOfRuns.Candidate(Sides.Sources([after], "head")), new ComparisonOptions());
        Assert.Equal(15, watched.Workloads.Single().Candidate.Launches);
    }

    // What the marginal interval proves when it is looked at once, it does not prove at the first of three looks.
    [Fact]
    public void Equality_ends_a_run_early_only_where_the_simultaneous_interval_proves_it()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(12, 1.012, looks: [12, 16, 20], family: 8, planned: 20);
        ComparisonResult close = Compare(before, after);
        Assert.Equal(Verdict.Equivalent, close.Workloads.Single().Verdict);
        Assert.False(PairedComparison.AllDecided(close));
        Assert.True(PairedComparison.AllDecided(Compare(before, after, new ComparisonOptions { Threshold = 0.2 })));
    }

    [Fact]
    public void Undecided_pairs_say_how_many_more_would_decide()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(16, 1.021);
        WorkloadComparison row = Compare(before, after).Workloads.Single();
        Assert.Equal(Verdict.Undecided, row.Verdict);
        Assert.InRange(row.LaunchesNeeded!.Value, 1, PairedEvidence.MostPairs);
        Assert.Contains("more pair", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_kernel_that_costs_more_beside_one_build_refuses_to_pass()
    {
        var before = new SyntheticRun("b") { Interleaving = Side(InterleavedSide.Base, "h", 20) }.With(Id, Drifting(20, 1, 1)).WithProbes(20);
        var after = new SyntheticRun("h") { Interleaving = Side(InterleavedSide.Head, "b", 20) }.With(Id, Drifting(20, 1, 2)).WithProbes(20, controlFactor: 1.1);
        ComparisonResult result = Compare(before, after);
        Assert.True(result.Host.Changed);
        Assert.Equal(1.1, result.Host.ControlRatio!.Value, 1e-9);
        Assert.Equal(Verdict.Undecided, result.Workloads.Single().Verdict);
    }

    [Fact]
    public void Launches_that_did_not_alternate_are_compared_once_with_a_warning()
    {
        ComparisonResult result = Compare(new SyntheticRun("b").With(Id, Drifting(10, 1, 1)), new SyntheticRun("h").With(Id, Drifting(10, 1, 2)));
        Assert.Contains(result.Warnings, warning => warning.Code == "not-interleaved");
        Assert.Equal((1, 1), (result.Look, result.Looks));
    }

    [Fact]
    public void Unequal_launches_and_foreign_partners_are_refused()
    {
        var three = new SyntheticRun("b").With(Id, Drifting(3, 1, 1));
        Assert.Contains("as many on each side", Refused(three, new SyntheticRun("h").With(Id, Drifting(4, 1, 2))), StringComparison.Ordinal);
        (SyntheticRun before, SyntheticRun after) = Runs(20, 1);
        var stranger = new SyntheticRun("x") { Interleaving = after.Interleaving }.With(Id, Drifting(20, 1, 2));
        Assert.Contains("side of run h", Refused(before, stranger), StringComparison.Ordinal);
        Assert.Contains("head side of run b", Refused(after, before), StringComparison.Ordinal);
        Assert.Contains("one is a side", Refused(three, after), StringComparison.Ordinal);

        static string Refused(SyntheticRun before, SyntheticRun after)
        {
            var e = Assert.Throws<ComparisonInputException>(() => Compare(before, after));
            Assert.Equal(ComparisonInputFault.UnequalPairs, e.Fault);
            return e.Message;
        }
    }

    [Fact]
    public void A_workload_that_does_not_count_in_the_family_at_one_look_still_takes_its_share_of_alpha()
    {
        // Ten pairs, all slower: 2⁻¹⁰ passes α/10 and not α/11.
        (SyntheticRun before, SyntheticRun after) = Runs(10, 1.3, family: 10);
        Assert.Equal(Verdict.Regressed, Compare(before, after).Workloads.Single().Verdict);
        (before, after) = Runs(10, 1.3, family: 11);
        Assert.Equal(Verdict.Undecided, Compare(before, after).Workloads.Single().Verdict);
    }

    [Fact]
    public void What_only_one_side_has_is_missing_or_new_from_the_receipts_alone()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(20, 1);
        var lacking = new SyntheticRun("b") { Interleaving = before.Interleaving! with { Only = ["kernel/norm/f32/avx512/2560/b1/hot/t1"] } }.With(Id, Drifting(20, 1, 1)).WithProbes(20);
        ComparisonResult result = Compare(lacking, after);
        Assert.Equal(["kernel/norm/f32/avx512/2560/b1/hot/t1"], result.Missing);
        Assert.Equal((int)GateOutcome.Incomparable, result.ExitCode);
        var gained = new SyntheticRun("h") { Interleaving = after.Interleaving! with { Only = ["kernel/new/t1"] } }.With(Id, Drifting(20, 1, 2)).WithProbes(20);
        Assert.Equal(["kernel/new/t1"], Compare(before, gained).New);
    }

    // Pooled, they would be looked at once more with the whole of α, after each was looked at and ended by what it showed.
    [Fact]
    public void Two_interleaved_comparisons_cannot_be_taken_together()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(20, 1);
        var e = Assert.Throws<ComparisonInputException>(() => PairedComparison.Compare(
            SideOfRuns.Baseline(Sides.Sources([before, new SyntheticRun("b2").With(Id, Drifting(20, 1, 3))], "base")),
            SideOfRuns.Candidate(Sides.Sources([after, new SyntheticRun("h2").With(Id, Drifting(20, 1, 4))], "head")), new ComparisonOptions()));
        Assert.Equal(ComparisonInputFault.UnequalPairs, e.Fault);
        Assert.Contains("cannot be taken together", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_that_can_show_nothing_are_refused_with_the_number_needed()
    {
        var e = Assert.Throws<ComparisonInputException>(() => Compare(new SyntheticRun("b").With(Id, Drifting(6, 1, 1)), new SyntheticRun("h").With(Id, Drifting(6, 1.5, 2))));
        Assert.Equal(ComparisonInputFault.TooFewPairs, e.Fault);
        Assert.Contains("at least 7 were expected", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_pairs_still_tell_that_the_control_kernel_moved_and_no_allowance_passes_it()
    {
        var before = new SyntheticRun("b") { Interleaving = Side(InterleavedSide.Base, "h", 8) }.With(Id, Drifting(8, 1, 1)).WithProbes(8);
        var after = new SyntheticRun("h") { Interleaving = Side(InterleavedSide.Head, "b", 8) }.With(Id, Drifting(8, 1, 2)).WithProbes(8, controlFactor: 1.3);
        ComparisonResult result = Compare(before, after, new ComparisonOptions { AllowUndecided = true });
        Assert.True(result.Host.Changed);
        Assert.Equal((int)GateOutcome.Undecided, result.ExitCode);
    }

    [Fact]
    public void A_run_that_reached_no_look_passes_by_no_allowance()
    {
        (SyntheticRun before, SyntheticRun after) = Runs(11, 1, looks: [12, 16, 20], family: 8, planned: 20);
        Assert.Equal((int)GateOutcome.Undecided, Compare(before, after, new ComparisonOptions { AllowUndecided = true }).ExitCode);
    }

    // Of a run that ended by what its launches showed, a stored comparison takes what was made whatever they showed.
    [Fact]
    public void Against_a_stored_baseline_only_the_launches_up_to_the_first_look_count()
    {
        (_, SyntheticRun after) = Runs(16, 1, looks: [12, 16, 20], family: 8, planned: 20);
        ComparisonResult result = Sides.Compare(new SyntheticRun("c").With(Id, Drifting(10, 1, 5)), after);
        Assert.Equal(12, result.Workloads.Single().Candidate.Launches);
    }

    [Fact]
    public void An_outlying_block_makes_means_and_middle_disagree_and_is_told()
    {
        double[] times = Drifting(20, 1, 2);
        times[3] *= 4;
        var before = new SyntheticRun("b") { Interleaving = Side(InterleavedSide.Base, "h", 20) }.With(Id, Drifting(20, 1, 1));
        var after = new SyntheticRun("h") { Interleaving = Side(InterleavedSide.Head, "b", 20) }.With(Id, times);
        Assert.Contains(Compare(before, after).Warnings, warning => warning.Code == "launches-disagree");
    }
}
