using BitNet.Perf.Bench.Evidence;

namespace BitNet.Perf.Bench.Tests.Evidence;

/// <summary>What the JIT of .NET 10 printed about some methods of one build in two processes, as it printed it.</summary>
internal static class Listings
{
    public const string Run = "BitNet.Perf.Bench.Workloads.Kernels.ProductWorkload:Run():this";
    public const string Kernel = "BitNet.Engine.Kernels.I2SAvx512Kernel";
    public const string Rows = "BitNet.Perf.Bench.Workloads.Kernels.ProductWorkload+Rows";
    public const string Dots = Kernel + "+Rows:Dots(ptr,long,ptr,int):System.Runtime.Intrinsics.Vector128`1[int]";
    public const string Streams = Kernel + ":MultiplyStreams(ptr,long,int,int,ptr,int,ptr,int):this";
    public const string Batch = "BitNet.Engine.Kernels.Avx512Tile:Multiply[BitNet.Engine.Kernels.I2SAvx512Kernel+Unpacker](ptr,long,int,int,ptr,int,ptr,int,ptr,int)";
    public const string Tile = "BitNet.Engine.Kernels.Avx512Tile:Tile(ptr,int,ptr,int,int,ptr,ptr,int,int)";
    public const string Control = "BitNet.Perf.Bench.Workloads.Probes.ControlKernel:Loop(ulong,int):ulong";
    public const string Take = "BitNet.Engine.Kernels.WorkerPool:Take(byref,byref,byref):bool:this";

    public static string First { get; } = Read("first-process.txt");

    public static string Second { get; } = Read("second-process.txt");

    public static CodeListing Parse(string text) => CodeListing.Parse(new StringReader(text));

    /// <summary>The text of one method.</summary>
    public static string Of(string method)
    {
        var start = First.IndexOf($"; Assembly listing for method {method} (", StringComparison.Ordinal);
        Assert.True(start >= 0, method);
        return First[start..(First.IndexOf('\n', First.IndexOf("; Total bytes of code", start, StringComparison.Ordinal)) + 1)];
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "listings", file));
}
