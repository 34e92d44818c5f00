using System.ComponentModel;
using System.Diagnostics;

namespace BitNet.Perf.Bench.Host;

/// <summary>The end of a process that this program started.</summary>
public static class ProcessTree
{
    /// <summary>Kills it and what it started; false where it has ended already.</summary>
    public static bool Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
            return false;
        }
    }
}
