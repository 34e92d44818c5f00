using System.Reflection;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public class ExtraKernelWorkTests
{
    [Fact]
    public void A_build_without_the_property_holds_nothing_of_the_extra_work()
    {
        Assembly engine = typeof(KernelCatalog).Assembly;
        Assert.Null(engine.GetType("BitNet.Engine.Kernels.ExtraKernelWork"));
        Assert.DoesNotContain(typeof(ActivationQuantizer).GetMethods(BindingFlags.NonPublic | BindingFlags.Static), method => method.Name == "Repeat");
        Assert.DoesNotContain(engine.GetCustomAttributes<AssemblyMetadataAttribute>(), entry => entry.Key == "ExtraKernelWork");
    }
}
