using BitNet.Perf.Bench.Host;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Host;

public class ExtraWorkTests
{
    [Fact]
    public void A_build_without_the_property_owes_no_warning_and_says_nothing()
    {
        Assert.Null(BuildProbe.ExtraKernelWork);
        Assert.Null(BuildProbe.ExtraWorkWarning(BuildProbe.Extra(null)));
    }

    [Fact]
    public void A_build_with_extra_work_names_itself_and_how_much()
    {
        var warning = BuildProbe.ExtraWorkWarning(BuildProbe.Extra("5"))!;
        Assert.Equal(WarningCodes.ExtraWork, warning.Code);
        Assert.Contains("ExtraKernelWork=5: the quantiser does 5 % more", warning.Message, StringComparison.Ordinal);
    }
}
