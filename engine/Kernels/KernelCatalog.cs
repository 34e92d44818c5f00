namespace BitNet.Engine.Kernels;

/// <summary>All ternary kernels, best first. An environment variable or an option forces one; the name of the one that ran
/// belongs in the receipt.</summary>
public static class KernelCatalog
{
    /// <summary>Name of the environment variable that forces a kernel.</summary>
    public const string EnvironmentVariable = "BITNET_PERF_KERNEL";

    /// <summary>Every kernel of this build, best first; some may not run here.</summary>
    public static IReadOnlyList<TernaryKernel> All { get; } =
    [
        new I2SAvx512Kernel(),
        new Base3Avx512Kernel(),
        new Tq2Avx512Kernel(),
        new Tl1Avx512Kernel(),
        new Tq1Avx512Kernel(),
        new Tl2Avx512Kernel(),
        new I2SAvx2Kernel(),
        new I2SVector128Kernel(),
        new I2SScalarKernel(),
        new Base3ScalarKernel(),
        new Tq2ScalarKernel(),
        new Tl1ScalarKernel(),
        new Tq1ScalarKernel(),
        new Tl2ScalarKernel(),
    ];

    /// <summary>Those that run on this processor, best first.</summary>
    public static IReadOnlyList<TernaryKernel> Available { get; } = [.. All.Where(kernel => kernel.IsSupported)];

    /// <summary>The kernel to use: the forced one, else the one the environment names, else the best available.</summary>
    /// <exception cref="KernelNotAvailableException">The named kernel does not exist or does not run on this processor.</exception>
    public static TernaryKernel Choose(string? forced = null)
    {
        string? name = forced ?? Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrEmpty(name)) return Available[0];
        TernaryKernel? kernel = All.FirstOrDefault(k => string.Equals(k.Name, name, StringComparison.OrdinalIgnoreCase));
        string choice = string.Join(", ", Available.Select(k => k.Name));
        if (kernel is null) throw new KernelNotAvailableException($"kernel '{name}' does not exist; available here: {choice}");
        return kernel.IsSupported
            ? kernel
            : throw new KernelNotAvailableException($"kernel '{name}' needs {kernel.Isa}, which this processor does not have; available here: {choice}");
    }
}

/// <summary>A forced kernel cannot be used; the message is one line.</summary>
public sealed class KernelNotAvailableException(string message) : Exception(message);
